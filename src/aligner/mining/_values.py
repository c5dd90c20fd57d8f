"""What mining finds: pairs of sentences, and how to write them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from os import fspath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from os import PathLike

    from aligner._types import Alignment, Signature, Span


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mined sentence stands.

    Attributes:
        path: the file, ``None`` for segments given as a list.
        span: characters of the text as read.
    """

    path: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class MinedPair:
    """Two sentences that are probably translations of each other.

    Attributes:
        margin: their cosine over the mean cosine with the nearest neighbours of both.
        probability: that they are translations, 0 to 1.
    """

    languages: tuple[str, str]
    texts: tuple[str, str]
    places: tuple[Place, Place]
    margin: float
    probability: float

    def to_dict(self) -> dict[str, object]:
        """Return the pair as plain JSON values, texts under their languages."""
        places = dict(zip(self.languages, self.places, strict=True))
        return {
            **dict(zip(self.languages, self.texts, strict=True)),
            "probability": round(self.probability, 4),
            "margin": round(self.margin, 4),
            "paths": {language: place.path for language, place in places.items()},
            "spans": {
                language: [place.span.start, place.span.end] for language, place in places.items()
            },
        }


@dataclass(frozen=True, slots=True)
class Mining:
    """The pairs that were found, surest first.

    Attributes:
        segments: how many different segments each language has.
        unreadable: files that could not be read, each with the reason.
        notes: what a user should know, one sentence each.
    """

    pairs: tuple[MinedPair, ...]
    segments: dict[str, int] = field(hash=False)
    signature: Signature
    unreadable: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    notes: tuple[str, ...] = field(default=(), repr=False)

    def __repr__(self) -> str:
        sides = ", ".join(f"{count} {language}" for language, count in self.segments.items())
        return f"<Mining: {len(self.pairs)} pairs out of {sides}; .to_dicts() lists them>"

    def __len__(self) -> int:
        return len(self.pairs)

    def __iter__(self) -> Iterator[MinedPair]:
        return iter(self.pairs)

    def to_dicts(self) -> list[dict[str, object]]:
        """Return the pairs as plain JSON values."""
        return [pair.to_dict() for pair in self.pairs]

    def to_alignment(self) -> Alignment:
        """Return the pairs as an alignment, a bead each, to check it or to write any format."""
        from dataclasses import replace

        from aligner.formats._numbering import alignment_of
        from aligner.formats._units import Unit

        found = [
            Unit(
                str(number),
                dict(zip(pair.languages, pair.texts, strict=True)),
                probability=round(pair.probability, 4),
                place=pair.places[0].path or "",
            )
            for number, pair in enumerate(self.pairs)
        ]
        languages = {language: language for language in self.segments}
        alignment = alignment_of(found, "mined pairs", languages=languages)
        return replace(alignment, signature=self.signature)

    def render(self, format: str = "tsv") -> bytes:
        """Return a file of the pairs: ``tsv``, ``jsonl``, or a format that alignments have."""
        from aligner import formats

        if format == "tsv":
            return self._tsv().encode()
        if format == "jsonl":
            rows = ({"id": number, **row} for number, row in enumerate(self.to_dicts()))
            return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()
        return formats.render(self.to_alignment(), format)

    def write(self, path: str | PathLike[str], *, format: str | None = None) -> None:
        """Write the pairs to *path*, in the format of its extension unless *format* says another.

        Raises:
            OutputError: if the file cannot be written, or no format has its extension.
        """
        from aligner._save import save
        from aligner.formats import detect

        save(self.render(format or detect(fspath(path)).name), path)

    def _tsv(self) -> str:
        """Return a table with a column for each language; line ends in a text become spaces."""
        rows = [["id", *self.segments, "probability", "margin"]]
        for number, pair in enumerate(self.pairs):
            texts = dict(zip(pair.languages, pair.texts, strict=True))
            cells = (" ".join(texts.get(language, "").split()) for language in self.segments)
            rows.append([str(number), *cells, f"{pair.probability:.4f}", f"{pair.margin:.4f}"])
        return "".join("\t".join(row) + "\n" for row in rows)


for _value in (MinedPair, Mining):
    _value.__module__ = "aligner"
