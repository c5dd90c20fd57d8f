"""The alignment of two or more versions: the beads that they make up, and what made them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aligner._types._bead import Bead
from aligner._types._document import Document, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from os import PathLike

    from matplotlib.axes import Axes
    from pandas import DataFrame

    from aligner._align._explain import Candidate
    from aligner._encode import EncoderLike
    from aligner._options import AlignOptions
    from aligner._versions import Version
    from aligner._words import WordLink


@dataclass(frozen=True, slots=True)
class Signature:
    """What made a result: same input and same signature, same bytes out."""

    version: str
    encoder: str
    segmenter: str
    options: str = ""

    def __str__(self) -> str:
        parts = [f"aligner:{self.version}", f"encoder:{self.encoder}", f"seg:{self.segmenter}"]
        return "|".join(parts + ([self.options] if self.options else []))


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two or more versions of a text and the beads that join them.

    Attributes:
        documents: the versions, segmented, each with its own ``name``.
        beads: every segment of every version stands in exactly one bead. Beads that did not move
            come in text order; each moved bead stands where its first version has it.
        signature: version, encoder, segmenter and options.
        notes: what a user should know about the run, one sentence each.
        ladders: of each pair of versions, where they are known to be finer than the beads.

    >>> import aligner
    >>> alignment = aligner.align({"en": ["One.", "Two."], "de": ["Eins.", "Zwei."]})
    >>> [alignment.texts(bead) for bead in alignment]
    [{'en': 'One.', 'de': 'Eins.'}, {'en': 'Two.', 'de': 'Zwei.'}]
    >>> [bead["de"] for bead in alignment.beads]
    [(0,), (1,)]
    """

    documents: tuple[Document, ...]
    beads: tuple[Bead, ...]
    signature: Signature
    notes: tuple[str, ...] = field(default=(), compare=False)
    ladders: tuple[tuple[Bead, ...], ...] = field(default=(), compare=False, repr=False)

    @property
    def versions(self) -> tuple[str, ...]:
        """Names of the versions, in order."""
        return tuple(document.name for document in self.documents)

    def __repr__(self) -> str:
        names = ", ".join(self.versions)
        return f"<Alignment of {names}: {len(self.beads)} beads; .to_dicts() lists them>"

    def _repr_html_(self) -> str:
        from aligner.report.notebook import alignment_html

        return alignment_html(self)

    def __len__(self) -> int:
        return len(self.beads)

    def __iter__(self) -> Iterator[Bead]:
        return iter(self.beads)

    def __getitem__(self, index: int) -> Bead:
        """Return the bead with this index."""
        try:
            return self.beads[index]
        except IndexError:
            raise IndexError(f"no bead {index}; there are {len(self.beads)}") from None

    def document(self, version: str) -> Document:
        """Return the version called *version*; raise ``KeyError`` if there is none."""
        for document in self.documents:
            if document.name == version:
                return document
        raise KeyError(f"no version {version!r}; there are {', '.join(self.versions)}")

    def texts(self, bead: Bead) -> dict[str, str]:
        """Return the text of *bead*, or of a link of two versions, segments joined by a space."""
        if not isinstance(bead, Bead):
            raise TypeError(f"texts takes a bead such as alignment[0], not {bead!r}")
        return {
            version: " ".join(self.document(version).segments[i].text for i in side)
            for version, side in zip(bead.versions, bead.sides, strict=True)
        }

    def pair(self, source: str, target: str) -> tuple[Bead, ...]:
        """Return the smallest bilingual ladder inside the beads, in the order of the beads.

        Two versions may correspond sentence by sentence inside a bead that a third version made
        large; then those sentences are beads of their own here. A sentence that the third version
        shows to belong to the bead is not left alone.
        """
        names = (source, target)
        fine = {(v, bead[v][0]): bead for bead in self._ladder(names) for v in names if bead[v]}
        found: list[Bead] = []
        for bead in self.beads:
            whole = bead[source], bead[target]
            if not any(whole):
                continue
            parts = _inside(names, whole, fine)
            if len(parts) > 1:
                found.extend(
                    Bead(names, part.sides, part.probability, bead.moved) for part in parts
                )
            else:
                found.append(Bead(names, whole, bead.probability, bead.moved, bead.locked))
        return tuple(found)

    def links(self, bead: int) -> tuple[Bead, ...]:
        """Return the links of two versions that carry the bead with this index.

        A link is a bead of two versions as it was found between these two, with the probability it
        has there. A bead of two versions is its own link. Of more than three versions not all are
        aligned with one another; those that are not have no link of their own.
        """
        found = self[bead]
        if len(self.documents) == 2:
            return () if found.is_null else (found,)
        return tuple(
            link
            for ladder in self.ladders
            for link in ladder
            if all(
                side and set(side) <= set(found[version])
                for version, side in zip(link.versions, link.sides, strict=True)
            )
        )

    def _ladder(self, names: tuple[str, str]) -> tuple[Bead, ...]:
        for ladder in self.ladders:
            if ladder and set(ladder[0].versions) == set(names):
                return tuple(
                    Bead(names, (bead[names[0]], bead[names[1]]), bead.probability)
                    for bead in ladder
                )
        return ()

    def realign(
        self,
        span: Span | tuple[int, int],
        *,
        options: AlignOptions | None = None,
        encoder: EncoderLike | None = None,
    ) -> Alignment:
        """Return the alignment with the beads of *span* (first, last exclusive) found again.

        Locked and moved beads stay, and so does everything outside the span.

        Raises:
            ValueError: if there are no such beads.
            EncoderError: if another encoder made the alignment, and it is not given.
        """
        from aligner._align._realign import realign

        first, last = (span.start, span.end) if isinstance(span, Span) else span
        return realign(self, first, last, options=options, encoder=encoder)

    def add(
        self,
        name: str,
        version: Version,
        *,
        lines: bool = False,
        options: AlignOptions | None = None,
        encoder: EncoderLike | None = None,
    ) -> Alignment:
        """Return the alignment with one more version; no bead that is there changes otherwise.

        Args:
            name: of the new version; one that is a language tag is its language.
            version: a path, a whole text, a list of segments or a `Document`, as in `align`.
            lines: the file or text has one segment a line.

        Raises:
            ValueError: if there is a version *name* already.
            InputError: for a file that cannot be read.
        """
        from aligner._align._add import add
        from aligner._versions import documents_of

        (document,) = documents_of([(name, version)], lines=lines)
        return add(self, name, document, options=options, encoder=encoder)

    def explain(self, bead: int, *, encoder: EncoderLike | None = None) -> tuple[Candidate, ...]:
        """Return why the bead with this index was chosen: its cost and those of its rivals."""
        from aligner._align._explain import explain

        return explain(self, bead, encoder=encoder)

    def words(self, bead: int) -> tuple[WordLink, ...]:
        """Return the word links of the bead with this index, for each pair of versions.

        Their spans are offsets into the texts that `texts` gives for the bead.
        """
        from aligner._words import word_links

        texts = self.texts(self[bead])
        return word_links(texts, {d.name: d.language for d in self.documents})

    def to_dicts(self) -> list[dict[str, object]]:
        """Return one plain dict a bead: ``segments`` and ``texts`` by version, and the rest."""
        return [
            {
                "segments": {v: list(s) for v, s in zip(bead.versions, bead.sides, strict=True)},
                "texts": self.texts(bead),
                "probability": round(bead.probability, 4),
                "moved": bead.moved,
            }
            for bead in self.beads
        ]

    def write(self, path: str | PathLike[str], *, format: str | None = None) -> None:
        """Write the alignment to *path*, in the format of its extension or the one named.

        Raises:
            OutputError: for a format that is not written, or a path that cannot be written.
        """
        from aligner import formats

        formats.write(self, path, format=format)

    def to_pandas(self) -> DataFrame:
        """Return a data frame with one row a bead; needs pandas (extra ``tables``).

        The columns are the versions' texts, then ``type``, ``probability`` and ``moved``.
        """
        from aligner._tables import beads_frame

        return beads_frame(self)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Give the rows of `to_pandas` to any library that takes Arrow: ``polars.DataFrame(this)``.

        Needs pyarrow (extra ``tables``).
        """
        from aligner._tables import beads_stream

        return beads_stream(self, requested_schema)

    def plot(self, source: str | None = None, target: str | None = None) -> Axes:
        """Draw the path of two versions, by default the first two; needs matplotlib (``plot``)."""
        from aligner._plots import plot_path

        return plot_path(self, source, target)


def _inside(
    names: tuple[str, str],
    whole: tuple[tuple[int, ...], tuple[int, ...]],
    fine: Mapping[tuple[str, int], Bead],
) -> list[Bead]:
    """Return the beads of a ladder that make up *whole*, none if they do not.

    Args:
        fine: the beads by each version and its first segment there.
    """
    starts = [(name, k) for name, side in zip(names, whole, strict=True) for k in side]
    parts = list({id(fine[s]): fine[s] for s in starts if s in fine}.values())
    parts.sort(key=lambda bead: tuple(side[:1] or (-1,) for side in bead.sides))
    for side in (0, 1):
        if sorted(k for bead in parts for k in bead.sides[side]) != list(whole[side]):
            return []
    return parts if sum(all(bead.sides) for bead in parts) > 1 or not all(whole) else []
