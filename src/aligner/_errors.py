"""The errors a user of aligner may want to catch.

    AlignerError
    +-- InputError            a file that cannot be read as what it claims to be
    +-- OutputError           a result that cannot be written where or as asked
    +-- MissingExtraError     a feature whose optional library is not installed
    +-- EncoderError          a model that is missing or broken, vectors that do not fit the text
    +-- ConfigError           an unknown key or a bad value in ``aligner.toml``

Misuse of a function (a wrong count, a wrong type) raises ``ValueError`` or ``TypeError`` as
anywhere in Python.
"""

from __future__ import annotations


class AlignerError(Exception):
    """Base of every error that aligner raises for bad data or a bad environment."""


class InputError(AlignerError):
    """Raise for a file that is missing, empty of text, or not in the format it claims.

    The message reads ``path: problem; fix``, or ``path, place: problem; fix``.
    """

    def __init__(self, path: str, problem: str, *, place: str = "", fix: str = "") -> None:
        self.path = path
        self.problem = problem
        self.place = place
        self.fix = fix
        where = f"{path}, {place}" if place else path
        super().__init__(f"{where}: {problem}" + (f"; {fix}" if fix else ""))

    def __reduce__(self) -> tuple[object, ...]:
        return (_input_error, (self.path, self.problem, self.place, self.fix))


def _input_error(path: str, problem: str, place: str, fix: str) -> InputError:
    return InputError(path, problem, place=place, fix=fix)


class OutputError(AlignerError):
    """Raise for a result that cannot be written where or in the format asked for."""


class MissingExtraError(AlignerError):
    """Raise where an optional library is needed; the message is the command that installs it."""

    def __init__(self, purpose: str, library: str, extra: str) -> None:
        self.purpose = purpose
        self.library = library
        self.extra = extra
        super().__init__(f"{purpose} needs {library!r}: pip install 'aligner[{extra}]'")

    def __reduce__(self) -> tuple[object, ...]:
        return (type(self), (self.purpose, self.library, self.extra))


class EncoderError(AlignerError):
    """Raise for a model that cannot be loaded, or vectors that do not fit the segments."""


class ConfigError(AlignerError):
    """Raise for an unknown key or a bad value in a configuration file."""


for _error in (
    AlignerError,
    InputError,
    OutputError,
    MissingExtraError,
    EncoderError,
    ConfigError,
):
    _error.__module__ = "aligner"
