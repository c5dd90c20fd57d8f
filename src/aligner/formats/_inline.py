"""Inline codes of exchange files: taken out of the text, and put back where they stood.

A code is a tag of the original document (bold, a link, a placeholder) that a translation tool keeps
inside a segment. It is no part of what is aligned and checked, but a file written in the same
family of formats has it again, at the same place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from aligner._types import InlineCode
from aligner.formats._xml import escape, local, quote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from xml.etree.ElementTree import Element

_XML = "{http://www.w3.org/XML/1998/namespace}"
# How line breaks are called in the types of codes, and how they are written in what codes hold.
_BREAK = re.compile(r"(xlf:)?[lp]b|LINE_BREAK|(x-html-)?br|<br */?>|\\n|\s*\n\s*")
_ID = re.compile(r'<(?!/)\w+[^<>]*?\sid="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Tag:
    """How an element is kept: its start and end tags around its text, or all of it as one.

    Attributes:
        close: the end tag; ``None`` where the content is no text.
        data: ids that the tags refer to, with their content.
        breaks: it stands for the end of a line, so that the words beside it are two.
    """

    open: str
    close: str | None = None
    data: tuple[tuple[str, str], ...] = ()
    breaks: bool = False


def take_out(
    element: Element, family: str, dialect: Callable[[Element], Tag | str | None]
) -> tuple[str, tuple[InlineCode, ...]]:
    """Return the text of *element* without its codes, and the codes with their places.

    A blank stands behind a line break that nothing else parts from the next word.
    """
    text, broken = "", False
    codes: list[InlineCode] = []
    for piece in _pieces(element, dialect):
        if isinstance(piece, str):
            parted = broken and piece[:1].isalnum() and not text[-1:].isspace()
            text += f" {piece}" if parted and text else piece
            broken = broken and not piece
        else:
            codes.append(InlineCode(len(text), family, piece.open, piece.data))
            broken = broken or piece.breaks
    return text, tuple(codes)


def breaks_line(element: Element, data: Iterable[tuple[str, str]] = ()) -> bool:
    """Whether a code is a line break, by its type or by what it holds, itself or in its *data*."""
    held = ("".join(element.itertext()), *(content for _, content in data))
    return any(_BREAK.fullmatch(value) for value in (*element.attrib.values(), *held))


def _pieces(
    element: Element, dialect: Callable[[Element], Tag | str | None]
) -> Iterator[Tag | str]:
    """Yield texts, and tags of which only ``open`` counts."""
    yield element.text or ""
    for child in element:
        found = dialect(child)
        if isinstance(found, str):
            yield found
        elif found is None:
            yield from _pieces(child, dialect)
        else:
            yield found
            if found.close is not None:
                yield from _pieces(child, dialect)
                yield Tag(found.close)
        yield child.tail or ""


def put_back(text: str, codes: Sequence[InlineCode], family: str) -> str:
    """Return *text* as XML with its codes; without them where they no longer fit together.

    They do not where a segment was cut between a start and an end tag, or where two segments that
    were joined use the same id.
    """
    plain = escape(text)
    fitting = [code for code in codes if code.family == family]
    if not fitting:
        return plain
    written, start = "", 0
    for code in fitting:
        written += escape(text[start : code.offset]) + code.markup
        start = code.offset
    written += escape(text[start:])
    return written if _is_sound("".join(code.markup for code in fitting)) else plain


@lru_cache(1024)
def _is_sound(markup: str) -> bool:
    """Whether tags are paired and their ids distinct; the text between them does not matter."""
    from defusedxml.ElementTree import fromstring

    ids = _ID.findall(markup)
    try:
        fromstring(f"<text>{markup}</text>")
    except (ParseError, ValueError):
        return False
    return len(set(ids)) == len(ids)


def start_tag(element: Element, *, empty: bool = False) -> str:
    """Return the start tag of *element* without namespaces, closed at once if it is *empty*."""
    return tag(local(element.tag), attributes(element), empty=empty)


def tag(name: str, values: dict[str, str], *, empty: bool = False) -> str:
    """Return a tag with these attributes."""
    inside = "".join(f" {key}={quote(value)}" for key, value in values.items())
    return f"<{name}{inside}{'/' * empty}>"


def attributes(element: Element) -> dict[str, str]:
    """Return the attributes that stand in no namespace, or in that of XML itself."""
    known = {key.replace(_XML, "xml:"): value for key, value in element.attrib.items()}
    return {key: value for key, value in known.items() if not key.startswith("{")}


def whole_element(element: Element) -> str:
    """Return *element* as XML, with all that is in it."""
    inside = escape(element.text or "") + "".join(
        whole_element(child) + escape(child.tail or "") for child in element
    )
    if not inside:
        return start_tag(element, empty=True)
    return f"{start_tag(element)}{inside}</{local(element.tag)}>"
