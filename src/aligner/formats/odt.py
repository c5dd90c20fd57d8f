"""ODT: paragraphs, headings, list items, table cells and footnotes of an OpenDocument text.

As in a Word document, tracked changes count as accepted and notes stand after the text; a warning
says so. Headers, footers, comments, tables of contents and indices are left out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aligner._errors import InputError
from aligner.formats._blocks import TextBuilder, squeeze, warn_of_edits
from aligner.formats._xml import local, parse, whole
from aligner.formats._zip import member, open_zip

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from aligner._decode import Source
    from aligner._types import Document, Kind

_KIND = "odt"
_CONTENT = "content.xml"
_LEFT_OUT = {"annotation", "tracked-changes", "note", "sequence-decls", "forms", "ruby-text"}
_LEFT_OUT |= {"table-of-content", "alphabetical-index", "illustration-index", "table-index"}
_CAPTIONS = {"Caption", "Illustration", "Figure", "Drawing"}
_TITLES = {"Title": 1, "Subtitle": 2}
_PARAGRAPHS = {"p", "h"}
_HEADING = re.compile(r"Heading_20_(\d+)")


def read(source: Source) -> Document:
    """Return the text; the place of a block is its paragraph or note."""
    builder = TextBuilder()
    with open_zip(source.data, source.name, _KIND) as archive:
        if "META-INF/manifest.xml" in archive.namelist() and b"encryption-data" in member(
            archive, "META-INF/manifest.xml", source.name, _KIND
        ):
            raise InputError(source.name, "is encrypted", fix="save it without a password")
        root = parse(member(archive, _CONTENT, source.name, _KIND), f"{source.name}, {_CONTENT}")
    body = next((element for element in root.iter() if local(element.tag) == "body"), root)
    parents, hidden = _parents(root), _hidden(root)
    _take_out(body, hidden)
    for number, (paragraph, depth) in enumerate(_paragraphs(body, 0), 1):
        kind, level = _kind_of(paragraph, depth, parents)
        builder.add(_text(paragraph), kind, level, f"paragraph {number}")
    notes = [element for element in body.iter() if local(element.tag) == "note"]
    for number, note in enumerate(notes, 1):
        texts = [_text(p) for part in note if local(part.tag) == "note-body" for p in part.iter()]
        builder.add(" ".join(filter(None, texts)), place=f"note {number}")
    _say(source.name, root, len(notes))
    return builder.document(source.name)


def _get(element: Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if local(key) == name), "")


def _parents(root: Element) -> dict[str, str]:
    """Return the parent of each automatic style: its name is what the user chose."""
    return {
        _get(element, "name"): _get(element, "parent-style-name")
        for element in root.iter()
        if local(element.tag) == "style"
    }


def _hidden(root: Element) -> set[str]:
    """Return the automatic styles of text that is not shown."""
    return {
        _get(element, "name")
        for element in root.iter()
        if local(element.tag) == "style"
        and any(_get(part, "display") == "none" for part in element)
    }


def _take_out(body: Element, hidden: set[str]) -> None:
    """Take what is hidden out of the body; what stands behind it stays."""
    for parent in list(body.iter()):
        before: Element | None = None
        for part in list(parent):
            if _get(part, "style-name") not in hidden and _get(part, "display") != "none":
                before = part
                continue
            if before is None:
                parent.text = (parent.text or "") + (part.tail or "")
            else:
                before.tail = (before.tail or "") + (part.tail or "")
            parent.remove(part)


def _paragraphs(element: Element, depth: int) -> Iterator[tuple[Element, int]]:
    """Yield the paragraphs in order, each with the depth of its list."""
    for part in element:
        name = local(part.tag)
        if name in _LEFT_OUT:
            continue
        if name in _PARAGRAPHS:
            yield part, depth
        yield from _paragraphs(part, depth + (name == "list"))


def _kind_of(paragraph: Element, depth: int, parents: dict[str, str]) -> tuple[Kind, int]:
    if local(paragraph.tag) == "h":
        return "heading", whole(_get(paragraph, "outline-level"), 1)
    own = _get(paragraph, "style-name")
    style = parents.get(own) or own
    heading = _HEADING.fullmatch(style)
    if style in _TITLES or heading:
        return "heading", int(heading[1]) if heading else _TITLES[style]
    if style in _CAPTIONS:
        return "caption", 0
    return ("item", depth) if depth else ("text", 0)


def _text(paragraph: Element) -> str:
    if local(paragraph.tag) not in _PARAGRAPHS:
        return ""
    return squeeze("".join(_pieces(paragraph)))


def _pieces(element: Element) -> Iterator[str]:
    yield element.text or ""
    for part in element:
        name = local(part.tag)
        if name == "s":
            yield " " * min(whole(_get(part, "c"), 1), 1000)
        elif name in {"tab", "line-break"}:
            yield " "
        elif name not in _LEFT_OUT and name not in _PARAGRAPHS:
            yield from _pieces(part)
        yield part.tail or ""


def _say(name: str, root: Element, notes: int) -> None:
    tags = [local(element.tag) for element in root.iter()]
    warn_of_edits(name, tags.count("insertion"), tags.count("deletion"), notes)
