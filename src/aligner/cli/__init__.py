"""The command line: ``main(argv) -> int``, one module for each command.

To add a command, add a module with ``add_parser(subparsers)``, which sets ``func=run``, and
``run(args) -> int``, and its name in `COMMANDS`. A command imports nothing heavy before ``run``.

Exit codes: 0 clean, 1 findings at or above ``--fail-on``, 2 wrong usage, 3 unreadable input.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
import warnings
from typing import TYPE_CHECKING

from aligner import __version__
from aligner._errors import AlignerError, InputError
from aligner.cli import completion
from aligner.cli._common import printable, timings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn

COMMANDS = (
    "align",
    "check",
    "compare",
    "completion",
    "convert",
    "corpus",
    "evaluate",
    "mine",
    "models",
    "pair",
    "review",
    "train",
)

OK, FINDINGS, USAGE, UNREADABLE = 0, 1, 2, 3
_INTERRUPTED, _BROKEN_PIPE, _BUG = 130, 141, 70

_EXAMPLES = """\
examples:
  aligner align data/samples/statement/en.txt data/samples/statement/de.txt
  aligner align en.txt de.txt sv.txt -o aligned.json
  aligner evaluate gold.tsv aligned.ladder

Each command has its own help: aligner align --help
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line on *argv* and return its exit code; nothing raises but a signal."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("always", UserWarning)
        warnings.showwarning = _show_warning
        try:
            code = _run(argv)
            sys.stdout.flush()
        except BrokenPipeError:
            _silence_stdout()
            code = _BROKEN_PIPE
        except KeyboardInterrupt:
            print("aligner: interrupted", file=sys.stderr)
            code = _INTERRUPTED
    return code


def entry() -> NoReturn:
    """Run the command line as the installed script does."""
    sys.exit(main())


def _run(argv: Sequence[str] | None) -> int:
    args = _parsed(argv)
    if isinstance(args, int):
        return args
    if getattr(args, "quiet", False):
        warnings.simplefilter("ignore", UserWarning)
    try:
        with timings(args):
            return int(args.func(args))
    except InputError as error:
        return _fail(str(error), UNREADABLE)
    except AlignerError as error:
        return _fail(str(error), USAGE)
    except BrokenPipeError:
        raise
    except MemoryError as error:
        return _fail(f"not enough memory ({error}); give less at once", UNREADABLE)
    except Exception as error:
        if os.environ.get("ALIGNER_TRACEBACK"):
            raise
        if isinstance(error, ValueError):
            return _fail(str(error) or type(error).__name__, USAGE)
        return _fail(_bug(error), _BUG)


def _parsed(argv: Sequence[str] | None) -> argparse.Namespace | int:
    """Return the arguments, or the exit code where there is nothing to run."""
    parser = build_parser()
    if "_ARGCOMPLETE" in os.environ:
        completion.complete(parser)
    try:
        args = parser.parse_args(argv)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else USAGE
    if "func" not in args:
        parser.print_help(sys.stderr)
        return USAGE
    return args


class _Parser(argparse.ArgumentParser):
    """A parser whose errors are one line, as all others of the command line are."""

    def error(self, message: str) -> NoReturn:
        self.exit(_fail(f"{message}; see {self.prog} --help", USAGE))


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of every command."""
    parser = _Parser(
        prog="aligner",
        description="Align two or more language versions of a text.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"aligner {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    for name in COMMANDS:
        importlib.import_module(f"aligner.cli.{name}").add_parser(commands)
    return parser


def _fail(message: str, code: int) -> int:
    line = " ".join(message.split())
    print(printable(f"aligner: error: {line}"), file=sys.stderr)
    return code


def _bug(error: BaseException) -> str:
    return (
        f"unexpected {type(error).__name__}: {error}; "
        "please report it, with what ALIGNER_TRACEBACK=1 prints"
    )


def _show_warning(message: Warning | str, *_: object, **__: object) -> None:
    print(printable(f"note: {message}"), file=sys.stderr)


def _silence_stdout() -> None:
    """Send what is still buffered nowhere, or the interpreter complains when it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
