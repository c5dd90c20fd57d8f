"""Words of two versions that differ: where they stand, and how a finding quotes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from aligner.checks._place import Place
    from aligner.checks._values import Passage


class Sides(NamedTuple):
    """Words of one version, and what another has in their place.

    Attributes:
        rival: ``None`` where the other version has no such words.
    """

    passage: Passage
    place: Place
    other: Passage
    rival: Place | None = None

    @property
    def places(self) -> dict[str, tuple[Place, ...]]:
        """Where the words stand, by version."""
        rival = (self.rival,) if self.rival else ()
        return {self.passage.version: (self.place,), self.other.version: rival}

    @property
    def words(self) -> dict[str, str]:
        """The words by version."""
        rival = self.other.text[slice(*self.rival)] if self.rival else ""
        return {
            self.passage.version: self.passage.text[slice(*self.place)],
            self.other.version: rival,
        }

    @property
    def quoted(self) -> list[str]:
        """The words as they are quoted: ``'must' (en)``."""
        return [f"{word!r} ({version})" for version, word in self.words.items() if word]

    @property
    def against(self) -> str:
        """All of it: ``'must' (en) against 'kann' (de)``."""
        return " against ".join(self.quoted)
