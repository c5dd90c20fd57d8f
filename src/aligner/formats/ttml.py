"""TTML (also called DFXP): subtitles in XML, a block for each paragraph, its times as the place.

Times are those that the file states, so that frames and ticks need no conversion.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aligner._errors import InputError
from aligner._tags import language_tag
from aligner.formats._blocks import TextBuilder
from aligner.formats._cues import Cue, add_cues
from aligner.formats._xml import XML_LANG, local, parse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from aligner._decode import Source
    from aligner._types import Document


def read(source: Source) -> Document:
    """Return the text of the paragraphs; a line break is a space, metadata are left out."""
    data = source.data if source.decoded is None else source.decoded.encode()
    root = parse(data, source.name)
    body = next((child for child in root if local(child.tag) == "body"), None)
    if local(root.tag) != "tt" or body is None:
        fix = "it needs a body inside tt; check its extension"
        raise InputError(source.name, "is not a TTML file", fix=fix)
    builder = TextBuilder()
    paragraphs = (element for element in body.iter() if local(element.tag) == "p")
    add_cues(builder, (Cue("".join(_pieces(p)), *_times(p)) for p in paragraphs))
    return builder.document(source.name, language_tag(root.get(XML_LANG, "")) or "")


def _pieces(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if local(child.tag) == "br":
            yield " "
        elif local(child.tag) != "metadata":
            yield from _pieces(child)
        yield child.tail or ""


def _times(paragraph: Element) -> tuple[str, str]:
    begin, end, length = (paragraph.get(name, "") for name in ("begin", "end", "dur"))
    return (begin, end) if end or not length else (f"{begin} for {length}".strip(), "")
