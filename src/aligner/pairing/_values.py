"""What pairing finds: groups of versions, and files left over."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Group:
    """Files that are versions of one text.

    Attributes:
        languages: of the paths, in the same order.
        score: how likely the files belong together, 0 to 1.
    """

    paths: tuple[str, ...]
    languages: tuple[str, ...]
    score: float

    def to_dict(self) -> dict[str, object]:
        """Return the group as plain JSON values."""
        return {
            "paths": list(self.paths),
            "languages": list(self.languages),
            "score": round(self.score, 4),
        }


@dataclass(frozen=True, slots=True)
class LeftOver:
    """A file without another version.

    Attributes:
        nearest: the file that comes closest, if any came near.
        score: how likely that one is a version of the same text.
        is_part: whether the file is rather a part of the nearest one.
    """

    path: str
    language: str
    nearest: str | None = None
    score: float = 0.0
    is_part: bool = False

    def to_dict(self) -> dict[str, object]:
        """Return the file as plain JSON values."""
        return {
            "path": self.path,
            "language": self.language,
            "nearest": self.nearest,
            "score": round(self.score, 4),
            "is_part": self.is_part,
        }


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that could not be read, and why."""

    path: str
    problem: str


@dataclass(frozen=True, slots=True)
class Pairing:
    """Which files are versions of one text, in the order of their paths."""

    groups: tuple[Group, ...]
    left_over: tuple[LeftOver, ...]
    unreadable: tuple[Unreadable, ...] = ()

    def __repr__(self) -> str:
        return f"<Pairing: {len(self.groups)} groups, {len(self.left_over)} files left over>"

    def to_dict(self) -> dict[str, object]:
        """Return the pairing as plain JSON values."""
        return {
            "groups": [group.to_dict() for group in self.groups],
            "left_over": [one.to_dict() for one in self.left_over],
        }

    def manifest(self) -> list[dict[str, object]]:
        """Return the rows that ``aligner corpus run`` takes: an id, and the path of each version.

        A second file in the same language is the version ``en-2``.
        """
        width = len(str(len(self.groups)))
        return [
            {"id": f"{number:0{width}}", "paths": _by_version(group)}
            for number, group in enumerate(self.groups, 1)
        ]


def _by_version(group: Group) -> dict[str, str]:
    paths: dict[str, str] = {}
    for language, path in zip(group.languages, group.paths, strict=True):
        name, number = language, 2
        while name in paths:
            name, number = f"{language}-{number}", number + 1
        paths[name] = path
    return paths
