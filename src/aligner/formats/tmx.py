"""TMX 1.4: translation memories, two or more languages in a unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from aligner.formats._xml import XML_LANG, local, stream
from aligner.formats.bitext import Row, language_tag

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from xml.etree.ElementTree import Element

# What these hold is markup of the original file, not text of the segment.
_CODES = {"bpt", "ept", "ph", "it", "ut"}


def rows(file: BinaryIO, path: str, languages: Sequence[str] | None = None) -> Iterator[Row]:
    """Yield the units of a TMX file in a stream; markup inside the segments is left out."""
    for number, (_, unit) in enumerate(stream(file, path, closes={"tu"}), 1):
        name = unit.get("tuid") or str(number)
        texts: dict[str, str] = {}
        for variant in unit:
            if local(variant.tag) == "tuv":
                tag = _language(variant)
                texts.setdefault(language_tag(tag) or tag or "und", _text_of(variant))
        yield Row(name, texts, f"unit {name}")


def _language(variant: Element) -> str:
    return variant.get(XML_LANG) or variant.get("lang") or ""


def _text_of(variant: Element) -> str:
    segment = next((child for child in variant if local(child.tag) == "seg"), None)
    return "" if segment is None else "".join(_pieces(segment))


def _pieces(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if local(child.tag) not in _CODES:
            yield from _pieces(child)
        yield child.tail or ""
