"""DOCX: paragraphs, headings, list items, table cells and footnotes of a Word document.

The document is read as it would look with all changes accepted: insertions are kept, deletions
left out, and a warning says so. Headers, footers, comments and what Word writes itself (tables of
contents, indices) are left out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aligner.formats._blocks import TextBuilder, squeeze, warn_of_edits
from aligner.formats._xml import local, parse, whole
from aligner.formats._zip import member, open_zip

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from aligner._decode import Source
    from aligner._types import Document, Kind

_KIND = "docx"
_MAIN = "word/document.xml"
_DELETED = {"del", "moveFrom"}
_INSERTED = {"ins", "moveTo"}
_LEFT_OUT = _DELETED | {"Fallback", "rPrChange", "pPrChange", "instrText", "delText"}
_CHARACTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\xad"}
_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
_GENERATED = re.compile(r"(?:toc|index) (?:\d|heading)|table of (?:figures|authorities)")


def read(source: Source) -> Document:
    """Return the text; the place of a block is its paragraph or footnote."""
    builder = TextBuilder()
    with open_zip(source.data, source.name, _KIND) as archive:
        root = parse(member(archive, _MAIN, source.name, _KIND), f"{source.name}, {_MAIN}")
        styles = _styles(archive, source.name)
        kinds = {key: kind for key, style in styles.items() if (kind := _style_kind(style, styles))}
        generated = {key for key, style in styles.items() if _GENERATED.fullmatch(_called(style))}
        before = ""
        for number, paragraph in enumerate(_paragraphs(root), 1):
            if _style_of(paragraph) in generated:
                continue
            text = before + _text(paragraph)
            before = text if _runs_on(paragraph) else ""
            if not before:
                builder.add(squeeze(text), *_kind_of(paragraph, kinds), f"paragraph {number}")
        builder.add(squeeze(before))
        notes = [
            note for name in ("footnotes", "endnotes") for note in _notes(archive, name, source)
        ]
        for place, text in notes:
            builder.add(text, place=place)
    _say(source.name, root, len(notes))
    return builder.document(source.name)


def _get(element: Element, name: str) -> str | None:
    """Return an attribute, whatever its namespace."""
    return next((value for key, value in element.attrib.items() if local(key) == name), None)


def _child(element: Element | None, *path: str) -> Element | None:
    for name in path:
        if element is None:
            return None
        element = next((e for e in element if local(e.tag) == name), None)
    return element


def _paragraphs(element: Element) -> Iterator[Element]:
    """Yield the paragraphs in order, those in text boxes after the one that holds the box."""
    for part in element:
        name = local(part.tag)
        if name in _LEFT_OUT:
            continue
        if name == "p":
            yield part
        yield from _paragraphs(part)


def _text(paragraph: Element) -> str:
    return "".join(_pieces(paragraph))


def _runs_on(paragraph: Element) -> bool:
    """Whether the next paragraph is more of this one: its end is deleted, or it is a drop cap."""
    properties = _child(paragraph, "pPr")
    frame, mark = _child(properties, "framePr"), _child(properties, "rPr")
    drops = _get(frame, "dropCap") if frame is not None else None
    return drops not in {None, "none"} or any(_child(mark, name) is not None for name in _DELETED)


def _pieces(element: Element) -> Iterator[str]:
    for part in element:
        name = local(part.tag)
        if name == "t":
            yield part.text or ""
        elif name in _CHARACTERS:
            yield _CHARACTERS[name]
        elif name == "r" and _is_on(_child(part, "rPr", "vanish")):
            continue
        elif name not in _LEFT_OUT and name not in {"p", "pPr", "rPr", "tabs"}:
            yield from _pieces(part)


def _is_on(switch: Element | None) -> bool:
    return switch is not None and _get(switch, "val") not in {"0", "false", "off"}


def _style_of(paragraph: Element) -> str:
    style = _child(paragraph, "pPr", "pStyle")
    return (_get(style, "val") or "") if style is not None else ""


def _kind_of(paragraph: Element, kinds: dict[str, tuple[Kind, int]]) -> tuple[Kind, int]:
    properties = _child(paragraph, "pPr")
    own = _described(properties)
    named = kinds.get(_style_of(paragraph))
    if named and named[0] in {"heading", "caption"}:
        return named
    return own or named or ("text", 0)


def _described(properties: Element | None) -> tuple[Kind, int] | None:
    """Return what paragraph properties say outright: an outline level or a list."""
    outline = _child(properties, "outlineLvl")
    if outline is not None and (_get(outline, "val") or "9") < "9":
        return "heading", whole(_get(outline, "val"), 0) + 1
    numbering = _child(properties, "numPr")
    if numbering is not None:
        identifier, level = _child(numbering, "numId"), _child(numbering, "ilvl")
        if identifier is None or _get(identifier, "val") != "0":
            depth = _get(level, "val") if level is not None else None
            return "item", whole(depth, 0) + 1
    return None


def _styles(archive: zipfile.ZipFile, name: str) -> dict[str, Element]:
    """Return the styles by their id."""
    if "word/styles.xml" not in archive.namelist():
        return {}
    root = parse(member(archive, "word/styles.xml", name, _KIND), f"{name}, word/styles.xml")
    return {_get(e, "styleId") or "": e for e in root if local(e.tag) == "style"}


def _called(style: Element) -> str:
    label = _child(style, "name")
    return (_get(label, "val") or "").lower() if label is not None else ""


def _style_kind(
    style: Element | None, styles: dict[str, Element], depth: int = 0
) -> tuple[Kind, int] | None:
    """Return kind and level of a paragraph style that is not plain text."""
    if style is None or depth > 20:
        return None
    called = _called(style)
    heading = _HEADING.fullmatch(called)
    if heading:
        return "heading", int(heading[1])
    if called in {"title", "subtitle"}:
        return "heading", 1 if called == "title" else 2
    if called == "caption":
        return "caption", 0
    base = _child(style, "basedOn")
    parent = styles.get(_get(base, "val") or "") if base is not None else None
    return _described(_child(style, "pPr")) or _style_kind(parent, styles, depth + 1)


def _notes(archive: zipfile.ZipFile, name: str, source: Source) -> Iterator[tuple[str, str]]:
    """Yield place and text of each foot- or endnote; separators are none."""
    path = f"word/{name}.xml"
    if path not in archive.namelist():
        return
    root = parse(member(archive, path, source.name, _KIND), f"{source.name}, {path}")
    for note in root:
        text = squeeze(" ".join(map(_text, _paragraphs(note))))
        if text and _get(note, "type") in {None, "normal"}:
            yield f"{name[:-1]} {_get(note, 'id')}", text


def _say(name: str, root: Element, notes: int) -> None:
    tags = [local(element.tag) for element in root.iter()]
    inserted = sum(tag in _INSERTED for tag in tags)
    deleted = sum(tag in _DELETED for tag in tags)
    warn_of_edits(name, inserted, deleted, notes)
