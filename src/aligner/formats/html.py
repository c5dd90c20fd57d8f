"""HTML: the text of a page in the order of its source, block by block; alignments as a report.

Headings, list items, captions and table cells are told by their tags. Menus, footers and buttons
are ``boilerplate``, and a block of which all words are code is ``code``: no prose, but a version
that lacks them differs. Scripts, styles and what is hidden are left out.
"""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from typing import TYPE_CHECKING, NamedTuple

from aligner._tags import language_tag
from aligner.formats._blocks import TextBuilder, squeeze

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aligner._decode import Source
    from aligner._types import Alignment, Document, Kind


def _tags(names: str) -> frozenset[str]:
    return frozenset(names.split())


_SKIPPED = _tags(
    """
    script style template noscript head title svg math object iframe canvas audio video select
    textarea datalist rt rp
    """
)
_BLOCKS = _tags(
    """
    address article aside blockquote body button caption center dd details dialog dir div dl dt
    fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html label legend li
    main menu nav ol optgroup option p pre search section summary table tbody td tfoot th thead tr
    ul
    """
)
_VOID = _tags("area base br col embed hr img input link meta source track wbr")
_BOILERPLATE = frozenset({"nav", "footer", "button", "form", "menu"})
_CODE = frozenset({"pre", "code", "samp", "kbd", "tt"})
_CAPTIONS = frozenset({"figcaption", "caption"})
_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]+)""", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_COMMENT_END = re.compile(r"--!?\s*>|\]\s*>")
_NOTE_MARKS = frozenset({"noteref", "backlink", "doc-noteref", "doc-backlink"})
_NUMBER = re.compile(r"[\[(]?\w{1,3}[\])]?\.?")
_WORD = re.compile(r"\w")
_PARTED = re.compile(r"((?:\r?\n[ \t]*){2,})")  # paragraphs of a text with its line ends
_EDITING = "mw-editsection"  # buttons inside the headings of a wiki
_AROUND_ROLES = frozenset({"navigation", "search"})
_AROUND_CLASSES = frozenset({"navheader", "navfooter"})  # of pages made from DocBook
_SEVERAL, _PLAIN = 20, 0.85  # words of a text, and how many of them are words alone
_MARKS = ".,:;!?()-\"'\u201c\u201d\u201e\u2019"
_DEEPEST = 512  # elements inside one another that are told apart, as browsers have it
# An end tag that is left out: the new element closes one that is still open.
_CLOSES = {"li": {"li"}, "p": {"p"}, "dt": {"dt", "dd"}, "dd": {"dt", "dd"}}
_CLOSES |= {"tr": {"tr", "td", "th"}, "td": {"td", "th"}, "th": {"td", "th"}}


def read(source: Source) -> Document:
    """Return the visible text; the place of a block is its line in the file."""
    builder = TextBuilder()
    language = walk(_text(source), builder, place="line {line}")
    return builder.document(source.name, language)


def _text(source: Source) -> str:
    """Return the decoded page; what it says of its encoding counts after a byte order mark."""
    from aligner._decode import decode

    declared = _CHARSET.search(source.data[:4096])
    if source.encoding or source.decoded is not None or not declared:
        return source.text
    name = declared[1].decode("ascii").lower()
    # Browsers take these for cp1252, and so do the pages that say them.
    name = "cp1252" if name in {"iso-8859-1", "latin-1", "latin1", "ascii", "us-ascii"} else name
    if source.data.startswith(b"\xef\xbb\xbf") or name in {"utf-8", "utf8"}:
        return source.text
    return decode(source.data, source.name, encoding=name)


def walk(markup: str, builder: TextBuilder, *, place: str) -> str:
    """Add the blocks of *markup* to *builder* and return the language that it states, or nothing.

    Args:
        place: of the blocks, where ``{line}`` stands for the line.
    """
    walker = _Walker(builder, place)
    walker.feed_all(markup)
    walker.end_block()
    return walker.language


def render(alignment: Alignment) -> str:
    """Return the report of an alignment without findings."""
    from aligner._types import Comparison
    from aligner.report.html import html

    return html(Comparison(alignment, ()))


class _Element(NamedTuple):
    """An element that is open.

    Attributes:
        skipped: what is inside is left out.
        around: what is inside is no part of the text, but of the site.
    """

    tag: str
    skipped: bool
    around: bool


class _Walker(HTMLParser):
    def __init__(self, builder: TextBuilder, place: str) -> None:
        super().__init__(convert_charrefs=True)
        self.language = ""
        self._builder = builder
        self._place = place
        self._open: list[_Element] = []
        self._parts: list[str] = []
        self._words: set[bool] = set()  # whether words are code
        self._line = 0
        self._breaks = 0
        self._link: int | None = None  # where the text of a link within the page begins
        self._is_raised = False  # that link holds a raised text
        self._rest = 0  # letters behind the last end of a comment

    def feed_all(self, markup: str) -> None:
        """Read a whole page; what follows its last tag is text, also where a tag seems to begin."""
        closed = markup.rfind(">") + 1
        last = max((match.end() for match in _COMMENT_END.finditer(markup)), default=0)
        self._rest = closed - last
        self.feed(markup[:closed])
        self.close()
        self.handle_data(unescape(markup[closed:]))

    def parse_html_declaration(self, i: int) -> int:
        """As the parent does it, but once no comment ends any more none is looked for.

        The parent searches to the end each time: the square of the length, for hostile text.
        A marked section other than CDATA is a comment up to the next ``>``, as browsers have it;
        older parents raise where they have no name for it.
        """
        if self.rawdata.startswith("<![", i) and not self.rawdata.startswith("<![CDATA[", i):
            return self.parse_bogus_comment(i)
        if self.rawdata.startswith(("<!--", "<!["), i) and len(self.rawdata) - i <= self._rest:
            return -1
        return super().parse_html_declaration(i)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "html" and not self.language:
            self.language = language_tag(values.get("lang") or values.get("xml:lang") or "") or ""
        if tag in _BLOCKS:
            self._open = [element for element in self._open if element.tag != "head"]
            self.end_block()
            self._close_implied(tag)
        if tag == "br":
            self._break()
        if tag == "a":
            inside = (values.get("href") or "").startswith("#")
            self._link, self._is_raised = (len(self._parts) if inside else None), False
        self._is_raised = self._is_raised or tag == "sup"
        if tag not in _VOID and len(self._open) < _DEEPEST:
            skipped = self._is_skipped(tag, values) or self._is_note_mark(tag, values)
            self._open.append(_Element(tag, skipped, _is_around(tag, values)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.end_block()
        if tag == "a":
            self._end_link()
        for at in range(len(self._open) - 1, -1, -1):
            if self._open[at].tag == tag:
                del self._open[at:]
                return
            if self._open[at].tag in {"td", "th", "table"} and tag not in {"tr", "table", "tbody"}:
                return

    def handle_data(self, data: str) -> None:
        if skipped := [element.tag for element in self._open if element.skipped]:
            if skipped == ["a"]:
                self._parts.append(_space_behind(data))
            return
        if data.strip():
            self._line = self._line or self.getpos()[0] + data[: _leading(data)].count("\n")
            self._breaks = 0
        if any(map(str.isalpha, data)):
            self._words.add(any(element.tag in _CODE for element in self._open))
        self._parts.append(data)

    def _end_link(self) -> None:
        """Drop the text of a link from a note back to the text, or to a note."""
        if self._link is None:
            return
        text = "".join(self._parts[self._link :])
        said = text.strip()
        begins = not "".join(self._parts[: self._link]).strip()
        if not _WORD.search(said) or ((self._is_raised or begins) and _NUMBER.fullmatch(said)):
            self._parts[self._link :] = [_space_behind(text)]
        self._link = None

    def end_block(self) -> None:
        """Add what was gathered since the last block."""
        raw = "".join(self._parts)
        if raw.strip():
            is_kept = any(element.tag == "pre" for element in self._open)
            text = raw.strip("\r\n") if is_kept else squeeze(raw)
            kind, level = _kind(self._open)
            if self._words == {True} and kind in ("text", "item") and not _is_prose(text):
                kind, level = "code", 0
            for part in _PARTED.split(text) if is_kept and kind != "code" else (text,):
                if part.strip():
                    self._builder.add(part, kind, level, self._place.format(line=self._line))
                self._line += part.count("\n")
        self._parts, self._line, self._breaks, self._link = [], 0, 0, None
        self._words = set()

    def _break(self) -> None:
        """A line break is white space; two in a row part paragraphs."""
        self._breaks += 1
        self._parts.append("\n")
        if self._breaks > 1:
            self.end_block()

    def _close_implied(self, tag: str) -> None:
        closed = _CLOSES.get(tag, {"p"})
        if self._open and self._open[-1].tag in closed:
            self._open.pop()

    @staticmethod
    def _is_skipped(tag: str, values: dict[str, str | None]) -> bool:
        return (
            tag in _SKIPPED
            or "hidden" in values
            or values.get("aria-hidden") == "true"
            or _EDITING in (values.get("class") or "")
            or bool(_HIDDEN.search(values.get("style") or ""))
        )

    def _is_note_mark(self, tag: str, values: dict[str, str | None]) -> bool:
        """Whether a link leads from a text to its note or back: its number is no part of either."""
        if tag != "a":
            return False
        said = {values.get("epub:type"), *(values.get("role") or "").split()}
        inside = any(element.tag == "sup" for element in self._open)
        return bool(said & _NOTE_MARKS) or (inside and (values.get("href") or "").startswith("#"))


def _is_around(tag: str, values: dict[str, str | None]) -> bool:
    """Whether an element holds what a site prints around its texts."""
    roles, classes = ({*(values.get(name) or "").split()} for name in ("role", "class"))
    return tag in _BOILERPLATE or bool(roles & _AROUND_ROLES or classes & _AROUND_CLASSES)


def _is_prose(text: str) -> bool:
    """Whether what is set as code is a text with its line ends, such as a poem or a letter."""
    parts = text.split()
    plain = sum(part.strip(_MARKS).isalpha() for part in parts)
    return len(parts) >= _SEVERAL and plain >= _PLAIN * len(parts)


def _space_behind(mark: str) -> str:
    """Return the white space that the mark of a note ends in: it parts two sentences."""
    return mark[len(mark.rstrip()) :]


def _leading(data: str) -> int:
    return len(data) - len(data.lstrip())


def _kind(elements: Sequence[_Element]) -> tuple[Kind, int]:
    """Return kind and level of a block inside *elements*."""
    tags = [element.tag for element in elements]
    headings = [tag for tag in tags if re.fullmatch("h[1-6]", tag)]
    if any(element.around for element in elements):
        return "boilerplate", 0
    if headings:
        return "heading", int(headings[-1][1])
    if not _CAPTIONS.isdisjoint(tags):
        return "caption", 0
    if "li" in tags:
        return "item", sum(tag in {"ul", "ol"} for tag in tags) or 1
    return "text", 0
