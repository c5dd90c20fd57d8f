"""Options of the stages, and the settings file: ``aligner.toml`` or ``[tool.aligner]``.

    encoder = "e5-small"            # the names of the command line's options
    languages = ["en", "de", "sv"]

    [align]                         # the fields of AlignOptions
    max_side = 3

    [check]                         # the fields of CheckOptions; a glossary is a file beside this
    ignore = ["D6"]
    glossary = "terms.csv"
    severities = { D201 = "critical", D5 = "style" }

The library itself reads no settings file; the command line does, and its own options win.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, TypeAlias

from aligner._errors import ConfigError
from aligner._types import SEVERITIES, Severity

MAX_SIDE = 5
"""Most segments of one version that a bead may be allowed to have."""
_FILES = ("aligner.toml", "pyproject.toml")


Anchor: TypeAlias = tuple[str | int, ...]


def _anchors(anchors: Sequence[Sequence[str | int]]) -> tuple[Anchor, ...]:
    rows = tuple(tuple(row) for row in anchors)
    for row in rows:
        names, indices = row[::2], row[1::2]
        whole = all(isinstance(k, int) and not isinstance(k, bool) and k >= 0 for k in indices)
        if len(names) != len(indices) or len(set(names)) < 2 or not whole:
            raise ValueError(f"an anchor is like ('en', 12, 'de', 14), not {row!r}")
    return rows


@dataclass(frozen=True, slots=True, kw_only=True)
class AlignOptions:
    """How beads are looked for.

    Attributes:
        max_side: most segments of one version in a bead.
        max_sum: most segments of two versions in a bead.
        hard_breaks: whether no bead may cross the end of a block; the versions then need the
            same number of blocks.
        anchors: segments known to stand in the same bead, each like ``("en", 12, "de", 14)``: the
            name of a version, then the 0-based index of the segment.
        null_price: cost of leaving a segment unmatched, in nats; by default the model's own.
        cascade: whether the embedded model is asked first, and the encoder only where that leaves
            beads in doubt.
    """

    max_side: int = MAX_SIDE
    max_sum: int = 6
    hard_breaks: bool = False
    anchors: tuple[Anchor, ...] = ()
    null_price: float | None = None
    cascade: bool = False

    def __post_init__(self) -> None:
        for name in ("max_side", "max_sum"):
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, int):
                raise TypeError(f"{name} must be a whole number, not {value!r}")
        for name in ("hard_breaks", "cascade"):
            if not isinstance(getattr(self, name), bool):
                raise TypeError(f"{name} must be true or false, not {getattr(self, name)!r}")
        if not 1 <= self.max_side <= MAX_SIDE:
            raise ValueError(f"max_side must be 1 to {MAX_SIDE}, not {self.max_side}")
        if self.max_sum < 2:
            raise ValueError(f"max_sum must be at least 2, not {self.max_sum}")
        if self.null_price is not None and not self.null_price > 0:
            raise ValueError(f"null_price must be above 0, not {self.null_price!r}")
        object.__setattr__(self, "anchors", _anchors(self.anchors))

    def __str__(self) -> str:
        changed = (
            f"{field.name}:{getattr(self, field.name)}"
            for field in fields(self)
            if getattr(self, field.name) != field.default
        )
        return "|".join(changed).replace(" ", "")


def check_confidence(value: float) -> None:
    """Raise `ValueError` for what is no probability."""
    if not 0 <= value <= 1:
        raise ValueError(f"min_confidence must be 0 to 1, not {value}")


def check_severities(severities: Mapping[str, str]) -> None:
    """Raise `ValueError` for a severity that does not exist."""
    for code, severity in severities.items():
        if severity not in SEVERITIES:
            known = ", ".join(SEVERITIES)
            raise ValueError(f"severity of {code} must be one of {known}, not {severity!r}")


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

    align: AlignOptions = AlignOptions()
    check: CheckSettings = CheckSettings()
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


AlignOptions.__module__ = "aligner"
