"""One version of a text: spans, blocks, segments, and the document that holds them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

Kind = Literal["text", "heading", "caption", "item", "boilerplate", "code", "blank"]
UNKNOWN_LANGUAGE = "und"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of character offsets, ``start <= end``."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span needs 0 <= start <= end, not {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the text as read that no segment crosses: a paragraph, a heading, a caption.

    Attributes:
        level: depth of a heading (1 is the title) or of a list item (1 is the outermost), else 0.
        place: where it stands in the source, for people: ``page 3``, ``unit 17``, ``00:01:02.300``.
    """

    start: int
    end: int
    kind: Kind = "text"
    level: int = 0
    place: str = ""


@dataclass(frozen=True, slots=True)
class InlineCode:
    """Markup of an exchange file, such as a tag of the original format: no part of the text.

    Attributes:
        offset: in the text of the segment, where it stands.
        family: of the formats it can be written to again, ``tmx`` or ``xliff``.
        markup: an element, or a start or end tag, as XML.
        data: what the markup refers to by an id, the ids with their content.
    """

    offset: int
    family: str
    markup: str
    data: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Segment:
    """One sentence, heading or other smallest passage; ``document.text[start:end] == text``.

    Attributes:
        block: index of the block of the document that the segment lies in.
        codes: inline codes of TMX and XLIFF, in the order of the text.
    """

    text: str
    start: int
    end: int
    kind: Kind = field(default="text", compare=False)
    level: int = field(default=0, compare=False)
    place: str = field(default="", compare=False)
    block: int = field(default=0, compare=False)
    codes: tuple[InlineCode, ...] = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Document:
    """One version of a text: what was read, and, once segmented, its segments.

    Attributes:
        name: the version's key in an alignment; the language unless two versions share one.
        language: BCP 47, ``"und"`` while unknown.
        path: where it was read from, ``None`` for text given as a string or a list.
    """

    text: str
    blocks: tuple[Block, ...] = ()
    segments: tuple[Segment, ...] = ()
    language: str = UNKNOWN_LANGUAGE
    name: str = ""
    path: str | None = None

    def __repr__(self) -> str:
        where = f" from {self.path}" if self.path else ""
        uncut = self.blocks and not self.segments
        held = f"{len(self.blocks)} uncut blocks" if uncut else f"{len(self.segments)} segments"
        return f"<Document {self.name or self.language}: {held}{where}>"

    def _repr_html_(self) -> str:
        from aligner.report.notebook import document_html

        return document_html(self)

    def with_segments(self, segments: Sequence[Segment]) -> Document:
        """Return the same document cut into *segments*."""
        return replace(self, segments=tuple(segments))

    def picked(self, segments: Sequence[int]) -> Document:
        """Return the same document with the *segments* of these indices alone."""
        return self.with_segments([self.segments[k] for k in segments])

    @classmethod
    def from_segments(
        cls, texts: Sequence[str], *, language: str = UNKNOWN_LANGUAGE, path: str | None = None
    ) -> Document:
        """Return a document of segments that are already cut, one a line.

        An empty text stays a segment of kind ``blank``, so indices are those of the list given.
        """
        segments, blocks, start = [], [], 0
        for index, text in enumerate(texts):
            end = start + len(text)
            kind: Kind = "text" if text.strip() else "blank"
            segments.append(Segment(text, start, end, kind, block=index))
            blocks.append(Block(start, end, kind))
            start = end + 1
        return cls("\n".join(texts), tuple(blocks), tuple(segments), language, path=path)
