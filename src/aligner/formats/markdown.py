"""Markdown (CommonMark with tables): blocks with spans into the source.

A heading has its level, a list item the depth of its list; each cell of a table is a block. Marks
around a block (``#``, ``-``, ``>``, ``|``) are left out, marks inside it (``**``, links) stay.
What front matter says in several words (a title, a description) is ``boilerplate``, and code is
``code``: no prose, but a version that lacks them differs.
Comments, tags, link definitions and the marks of notes (``[^1]:``) are no text.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from aligner._captions import is_caption
from aligner._types import Block, Document, Kind
from aligner.formats._boilerplate import is_boilerplate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

    from aligner._decode import Source
    from aligner._types import Alignment

_LINE = re.compile(r"([^\r\n]*+)(?:\r\n?|\n|\Z)")
_FRONT_MATTER = re.compile(
    r"---[ \t]*(?:\r\n?|\n)((?:[^\r\n]*+(?:\r\n?|\n))*?)(?:---|\.\.\.)[ \t]*(?=[\r\n]|\Z)"
)
_ENTRY = re.compile(
    r"(?<=[\r\n])[ \t-]*+(?:[\w-]+:(?=\s))?+[ \t]*+"
    r"(?P<quote>[\"']?)(?P<value>[^\s\"'\[{][^\r\n]* [^\r\n]*?)(?P=quote)[ \t]*(?=[\r\n])"
)
_TAGS = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|pre)\b.*?(?:</\1\s*>|\Z)|<[/!?a-z][^>]*(?:>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_NOTE = re.compile(r"( {0,3})\[\^[^\]\s]+\]:[ \t]*")
_IMAGE = re.compile(r"!\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])?\Z")


def read(source: Source) -> Document:
    """Return the text with its headings, paragraphs, items, cells and captions."""
    text = source.text
    return Document(text, tuple(_Walk(text).blocks()), path=source.name)


def read_alignment(source: Source) -> Alignment:
    """Return the beads of a table of aligned versions."""
    from aligner.formats import aligned_markdown

    return aligned_markdown.read_alignment(source)


def render(alignment: Alignment) -> str:
    """Return a table with a column for each version."""
    from aligner.formats import aligned_markdown

    return aligned_markdown.render(alignment)


class _Walk:
    """The tokens of one text, and where its lines stand."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = [match.span(1) for match in _LINE.finditer(text)]
        self.position = 0

    def blocks(self) -> Iterator[Block]:
        from markdown_it import MarkdownIt

        front = _FRONT_MATTER.match(self.text)
        if front:
            for entry in _ENTRY.finditer(self.text, *front.span(1)):
                yield from self._trimmed(*entry.span("value"), "boilerplate")
            self.position = front.end()
        tokens = MarkdownIt("commonmark").enable("table").disable("inline").parse(self._body())
        depth = 0
        for opening, token in pairwise([None, *tokens]):
            assert token is not None
            if token.type.endswith("list_open") or token.type.endswith("list_close"):
                depth += token.nesting
            elif token.type == "inline" and opening is not None:
                yield from self._inline(token, opening, depth)
            elif token.type in ("fence", "code_block"):
                yield from self._literal(token)
            elif token.type == "html_block":
                yield from self._html(token)

    def _body(self) -> str:
        """Return the text without its front matter, whose lines stay as empty ones.

        Notes are told apart as the items of a list would be; CommonMark has none.
        """
        skipped = sum(end <= self.position for _, end in self.lines) if self.position else 0
        lines = (_NOTE.sub(r"\1- ", self.text[a:b], count=1) for a, b in self.lines[skipped:])
        return "\n" * skipped + "\n".join(lines)

    def _inline(self, token: Token, opening: Token, depth: int) -> Iterator[Block]:
        span = self._find(token)
        if span is None:
            return
        content = self.text[slice(*span)]
        image = _IMAGE.match(content)
        if image:
            yield from self._trimmed(span[0] + image.start(1), span[0] + image.end(1), "caption")
        elif opening.type == "heading_open":
            yield Block(*span, "heading", int(opening.tag[1]))
        elif is_caption(content.strip("*_ ")):
            yield Block(*span, "caption")
        elif depth and not self._is_note(token):
            yield Block(*span, "item", depth)
        elif opening.type == "paragraph_open" and len(content) < 240 and is_boilerplate(content):
            yield Block(*span, "boilerplate")
        else:
            yield Block(*span)

    def _is_note(self, token: Token) -> bool:
        assert token.map is not None
        return bool(_NOTE.match(self.text, self.lines[token.map[0]][0]))

    def _find(self, token: Token) -> tuple[int, int] | None:
        """Return where the content of *token* stands: from its first line to its last."""
        parts = [part.strip() for part in token.content.split("\n") if part.strip()]
        if not parts or token.map is None:
            return None
        first, last = self.lines[token.map[0]], self.lines[token.map[1] - 1]
        start = self._search(parts[0], max(first[0], self.position), last[1])
        if start is None:
            return None
        end = start
        for part in parts[1:]:
            end = self._search(part, end[1], last[1]) or end
        self.position = end[1]
        return start[0], end[1]

    def _search(self, part: str, start: int, end: int) -> tuple[int, int] | None:
        found = self.text.find(part, start, end)
        if found >= 0:
            return found, found + len(part)
        pattern = re.escape(part).replace(r"\|", r"\\?\|").replace("\ufffd", "[\0\ufffd]")
        match = re.compile(pattern).search(self.text, start, end)
        return match.span() if match else None

    def _literal(self, token: Token) -> Iterator[Block]:
        assert token.map is not None
        first, last = token.map
        if token.type == "fence":
            first += 1
            closed = self.text[slice(*self.lines[last - 1])].strip().strip(">").strip()
            last -= first < last and closed.startswith(token.markup[:3])
        if first < last:
            yield from self._trimmed(self.lines[first][0], self.lines[last - 1][1], "code")

    def _html(self, token: Token) -> Iterator[Block]:
        assert token.map is not None
        start, end = self.lines[token.map[0]][0], self.lines[token.map[1] - 1][1]
        for tag in _TAGS.finditer(self.text, start, end):
            yield from self._trimmed(start, tag.start(), "text")
            start = tag.end()
        yield from self._trimmed(start, end, "text")

    def _trimmed(self, start: int, end: int, kind: Kind) -> Iterator[Block]:
        content = self.text[start:end]
        start += len(content) - len(content.lstrip())
        end = start + len(content.strip())
        if start < end:
            self.position = max(self.position, end)
            yield Block(start, end, kind)
