"""XLIFF 1.2 and 2.x: bilingual exchange files of translation tools."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from aligner._errors import InputError
from aligner.formats._xml import XML_LANG, local, stream
from aligner.formats.bitext import Row, language_tag

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from xml.etree.ElementTree import Element

# What these hold is markup of the original file (1.2), or nothing at all (2.x).
_CODES = {"bpt", "ept", "ph", "it", "x", "bx", "ex", "sc", "ec", "sm", "em"}


def rows(file: BinaryIO, path: str, languages: Sequence[str] | None = None) -> Iterator[Row]:
    """Yield the segments of an XLIFF file in a stream; inline codes are left out of the texts."""
    source = target = ""
    for event, element in stream(
        file, path, opens={"xliff", "file"}, closes={"trans-unit", "unit"}
    ):
        if event == "start":
            source = element.get("srcLang") or element.get("source-language") or source
            target = element.get("trgLang") or element.get("target-language") or target
            continue
        yield from _unit_rows(element, (source, target), path)


def _unit_rows(unit: Element, named: tuple[str, str], path: str) -> Iterator[Row]:
    name = unit.get("id") or unit.get("resname") or ""
    pairs = list(_pairs(unit))
    for number, (key, source, target) in enumerate(pairs):
        tags = [
            (None if side is None else side.get(XML_LANG)) or language
            for side, language in zip((source, target), named, strict=True)
        ]
        if not all(tags):
            fix = "set srcLang and trgLang (source-language and target-language in 1.2)"
            raise InputError(path, "does not say its languages", place=f"unit {name}", fix=fix)
        first, second = (language_tag(tag) or tag for tag in tags)
        texts = {first: text_of(source), second: text_of(target)}
        label = name if len(pairs) == 1 else f"{name}/{key or number + 1}"
        yield Row(label, texts, f"unit {label}")


def _pairs(unit: Element) -> Iterator[tuple[str, Element | None, Element | None]]:
    """Yield id, source and target of each segment of *unit*."""
    if local(unit.tag) == "unit":
        for segment in unit:
            if local(segment.tag) == "segment":
                yield segment.get("id") or "", child(segment, "source"), child(segment, "target")
        return
    source, cut, target = (child(unit, n) for n in ("source", "seg-source", "target"))
    sources, targets = _marked(cut), _marked(target)
    if sources and sources.keys() == targets.keys():
        for key, element in sources.items():
            yield key, element, targets[key]
    else:
        yield "", source, target


def _marked(element: Element | None) -> dict[str, Element]:
    """Return the segments that ``mrk mtype="seg"`` marks inside *element*, by their id."""
    if element is None:
        return {}
    return {
        mark.get("mid") or str(number): mark
        for number, mark in enumerate(element.iter())
        if local(mark.tag) == "mrk" and mark.get("mtype") == "seg"
    }


def child(element: Element, name: str) -> Element | None:
    """Return the first child of *element* called *name*, whatever its namespace."""
    return next((e for e in element if local(e.tag) == name), None)


def text_of(element: Element | None) -> str:
    """Return the text of a source or target without its inline codes."""
    return "" if element is None else "".join(_pieces(element))


def _pieces(element: Element) -> Iterator[str]:
    yield element.text or ""
    for part in element:
        name = local(part.tag)
        if name == "cp":
            yield chr(int(part.get("hex") or "FFFD", 16))
        elif name not in _CODES:
            yield from _pieces(part)
        yield part.tail or ""
