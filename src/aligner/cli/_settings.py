"""The settings file: ``aligner.toml``, or ``[tool.aligner]`` in ``pyproject.toml``.

    encoder = "e5-small"            # the names of the command line's options
    languages = ["en", "de", "sv"]

    [align]                         # the fields of AlignOptions
    max_side = 3

    [check]                         # the fields of CheckOptions; a glossary is a file beside this
    ignore = ["D6"]
    glossary = "terms.csv"
    severities = { D201 = "critical", D5 = "style" }

The library itself reads no settings file; of the command line the options win over it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aligner._errors import ConfigError
from aligner._options import AlignOptions, check_confidence, check_severities

if TYPE_CHECKING:
    from aligner._types import Severity

_FILES = ("aligner.toml", "pyproject.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckSettings:
    """The ``[check]`` table of a settings file; see `CheckOptions`."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    min_confidence: float = 0.5
    severities: Mapping[str, Severity] = field(default_factory=dict)
    glossary: Path | None = None

    def __post_init__(self) -> None:
        check_confidence(self.min_confidence)
        check_severities(self.severities)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a settings file says; ``None`` where it says nothing."""

    align: AlignOptions = field(default_factory=AlignOptions)
    check: CheckSettings = field(default_factory=CheckSettings)
    encoder: str | None = None
    languages: tuple[str, ...] | None = None
    lines: bool = False
    format: str | None = None
    path: Path | None = None


def load_settings(path: Path | None = None, *, folder: Path | None = None) -> Settings:
    """Return the settings of *path*, or of the nearest settings file from *folder* upwards.

    Raises:
        ConfigError: for an unknown key (the nearest known one is named) or a bad value.
    """
    if path is None:
        path = _find(folder or Path.cwd())
        if path is None:
            return Settings()
    table = _table(path)
    if table is None:
        raise ConfigError(f"{path}: has no [tool.aligner] table")
    return _settings(table, path)


def _find(folder: Path) -> Path | None:
    """Return the settings file of *folder* or of the nearest folder above it that has one."""
    for parent in (folder, *folder.parents):
        for name in _FILES:
            path = parent / name
            if path.is_file() and (name == "aligner.toml" or _names_aligner(path)):
                return path
    return None


def _names_aligner(path: Path) -> bool:
    """Whether another project's file has our table: one that is broken otherwise is not ours."""
    try:
        return _table(path) is not None
    except ConfigError:
        return False


def _table(path: Path) -> Mapping[str, object] | None:
    """Return our settings in a file, ``None`` where a ``pyproject.toml`` has none."""
    import tomllib

    try:
        content: Mapping[str, object] = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror})") from None
    except ValueError as error:
        raise ConfigError(f"{path}: not valid TOML ({error})") from None
    if path.name != "pyproject.toml":
        return content
    tool = content.get("tool")
    table = tool.get("aligner") if isinstance(tool, Mapping) else None
    return table if isinstance(table, Mapping) else None


def _settings(table: Mapping[str, object], path: Path) -> Settings:
    values = dict(table)
    _check_keys(values, [f.name for f in fields(Settings) if f.name != "path"], str(path))
    align = _subtable(values, "align", [f.name for f in fields(AlignOptions)], path)
    checks = _check_settings(values, path)
    for key in ("encoder", "format"):
        if key in values and not isinstance(values[key], str):
            raise ConfigError(f"{path}: {key} must be a string, not {values[key]!r}")
    if not isinstance(values.get("lines", False), bool):
        raise ConfigError(f"{path}: lines must be true or false, not {values['lines']!r}")
    languages = values.get("languages")
    if languages is not None:
        if not isinstance(languages, list) or not all(isinstance(x, str) for x in languages):
            raise ConfigError(f"{path}: languages must be a list of strings, not {languages!r}")
        values["languages"] = tuple(languages)
    try:
        return Settings(align=AlignOptions(**align), check=checks, path=path, **values)  # type: ignore[arg-type]  # checked above
    except (TypeError, ValueError) as error:
        raise ConfigError(f"{path}, [align]: {error}") from None


def _subtable(
    values: dict[str, object], name: str, known: Sequence[str], path: Path
) -> dict[str, Any]:
    table = values.pop(name, {})
    if not isinstance(table, Mapping):
        raise ConfigError(f"{path}: {name} must be a table")
    _check_keys(table, known, f"{path}, [{name}]")
    return dict(table)


def _check_settings(values: dict[str, object], path: Path) -> CheckSettings:
    """Return the ``[check]`` table; a glossary is looked for beside the settings file."""
    table = _subtable(values, "check", [f.name for f in fields(CheckSettings)], path)
    where = f"{path}, [check]"
    for key in ("select", "ignore"):
        codes = table.get(key, [])
        if not isinstance(codes, list) or not all(isinstance(code, str) for code in codes):
            raise ConfigError(f"{where}: {key} must be a list of codes, not {codes!r}")
        table[key] = tuple(codes)
    if not isinstance(table.get("severities", {}), Mapping):
        raise ConfigError(f"{where}: severities must be a table, not {table['severities']!r}")
    glossary = table.get("glossary")
    if glossary is not None:
        if not isinstance(glossary, str):
            raise ConfigError(f"{where}: glossary must be the name of a file, not {glossary!r}")
        table["glossary"] = path.parent / glossary
    try:
        return CheckSettings(**table)
    except (TypeError, ValueError) as error:
        raise ConfigError(f"{where}: {error}") from None


def _check_keys(table: Mapping[str, object], known: Sequence[str], where: str) -> None:
    for key in table:
        if key not in known:
            import difflib

            near = difflib.get_close_matches(key, known, n=1, cutoff=0.5)
            hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(known)}"
            raise ConfigError(f"{where}: unknown key {key!r}; {hint}")
