"""TMX 1.4: translation memories, two or more languages in a unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aligner._errors import InputError
from aligner._tags import language_tag
from aligner.formats._inline import (
    Tag,
    breaks_line,
    put_back,
    start_tag,
    take_out,
    whole_element,
)
from aligner.formats._numbering import alignment_of
from aligner.formats._rows import Row
from aligner.formats._stream import Stream
from aligner.formats._units import Unit, bitext_of, share
from aligner.formats._xml import XML_LANG, elements, escape, local, quote, valid_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from xml.etree.ElementTree import Element

    from aligner._decode import Source
    from aligner._types import Alignment, Divergence, InlineCode
    from aligner.formats._units import Bitext

# What these hold is markup of the original file, not text of the segment.
_CODES = {"bpt", "ept", "ph", "it", "ut"}
FAMILY = "tmx"


def rows(stream: Stream, languages: Sequence[str] | None = None) -> Iterator[Row]:
    """Yield the units of a TMX file in a stream; markup inside the segments is left out.

    A unit of one language alone lacks the others that the file has had by then; units before
    there is a second language wait for it. Memories of three languages and more have units of
    any two.
    """
    seen: dict[str, str] = {}
    waiting: list[Unit] = []
    for unit in read_units(stream, seen):
        waiting.append(unit)
        if len(seen) > 1:
            yield from (_row(one, seen) for one in waiting)
            waiting.clear()
    yield from (_row(one, seen) for one in waiting)


def _row(unit: Unit, seen: Iterable[str]) -> Row:
    alone = len(unit.texts) == 1
    texts = {version: unit.texts.get(version, "") for version in seen} if alone else unit.texts
    return Row(unit.id, texts, unit.place, unit.codes)


def read_alignment(source: Source) -> Alignment:
    """Return a bead for each unit; files that aligner wrote come back as they were."""
    languages: dict[str, str] = {}
    found = read_units(Stream.of(source), languages)
    return alignment_of(found, source.name, languages=languages)


def read_units(stream: Stream, languages: dict[str, str]) -> Iterator[Unit]:
    """Yield the units; the languages of the versions are gathered in *languages* on the way."""
    number = 0
    for _, element in elements(stream, "tmx", closes={"header", "tu"}):
        if local(element.tag) == "header":
            for stated in (e.text or "" for e in element if e.get("type") == "x-version"):
                version, _, tag = stated.rpartition(" ")
                languages[version or tag] = tag
        else:
            number += 1
            yield _unit(element, number, languages, stream.name)


def _unit(element: Element, number: int, languages: dict[str, str], path: str) -> Unit:
    name = element.get("tuid") or str(number)
    props = _props(element)
    texts: dict[str, str] = {}
    layouts: dict[str, str] = {}
    places: dict[str, str] = {}
    codes: dict[str, tuple[InlineCode, ...]] = {}
    for variant in element:
        if local(variant.tag) != "tuv":
            continue
        own = _props(variant)
        tag = _language(variant)
        if not tag:
            fix = "add xml:lang to its tuv"
            raise InputError(path, "has a text without a language", place=f"unit {name}", fix=fix)
        version = own.get("x-version") or tag
        if version not in texts:
            texts[version], codes[version] = _content(variant)
            layouts[version] = own.get("x-segments", "")
            places[version] = own.get("x-places", "")
        languages.setdefault(version, tag)
    return Unit(
        name,
        texts,
        layouts,
        share(props.get("x-probability", 1.0)),
        props.get("x-moved") == "yes",
        f"unit {name}",
        places=places,
        codes=codes,
    )


def _props(element: Element) -> dict[str, str]:
    return {
        child.get("type", ""): child.text or "" for child in element if local(child.tag) == "prop"
    }


def _language(variant: Element) -> str:
    tag = variant.get(XML_LANG) or variant.get("lang") or ""
    return language_tag(tag) or tag


def _content(variant: Element) -> tuple[str, tuple[InlineCode, ...]]:
    segment = next((child for child in variant if local(child.tag) == "seg"), None)
    return ("", ()) if segment is None else take_out(segment, FAMILY, _dialect)


def _dialect(element: Element) -> Tag | None:
    name = local(element.tag)
    if name in _CODES:
        return Tag(whole_element(element), breaks=breaks_line(element))
    return Tag(start_tag(element), "</hi>") if name == "hi" else None


def render(alignment: Alignment, divergences: Iterable[Divergence] = ()) -> str:
    """Return the file: a unit for each bead, probability and findings as properties and notes.

    Versions that share a language are told apart by a property ``x-version``.
    """
    return "".join(write_units(bitext_of(alignment, divergences)))


def write_units(bitext: Bitext) -> Iterator[str]:
    """Yield the file piece by piece."""
    languages, signature = bitext.languages, bitext.signature
    source = next(iter(languages.values()), "*all*")
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n'
        f'<header creationtool="aligner" creationtoolversion={quote(signature.version)} '
        f'segtype="sentence" o-tmf="aligner" adminlang="en" srclang={quote(source)} '
        f'datatype="plaintext">\n<prop type="x-signature">{escape(str(signature))}</prop>\n'
    )
    for version, tag in languages.items():
        yield f'<prop type="x-version">{escape(f"{version} {tag}")}</prop>\n'
    yield "</header>\n<body>\n"
    for unit in bitext.units(valid_text):
        yield from _written(unit, languages)
    yield "</body>\n</tmx>\n"


def _written(unit: Unit, languages: Mapping[str, str]) -> Iterator[str]:
    yield f"<tu tuid={quote(unit.name)}>\n"
    yield f'<prop type="x-probability">{unit.probability:.4f}</prop>\n'
    if unit.moved:
        yield '<prop type="x-moved">yes</prop>\n'
    for finding in unit.findings:
        what = f"{finding.code} {finding.type} {finding.severity} {finding.confidence:.4f}"
        yield f'<prop type="x-finding">{escape(what)}</prop>\n'
        yield f"<note>{escape(f'{finding.code} {finding.severity}: {finding.message}')}</note>\n"
    for version, layout in unit.layouts.items():
        yield f"<tuv xml:lang={quote(languages[version])}>"
        if version != languages[version]:
            yield f'<prop type="x-version">{escape(version)}</prop>'
        yield f'<prop type="x-segments">{layout}</prop>'
        if version in unit.places:
            yield f'<prop type="x-places">{escape(unit.places[version])}</prop>'
        written = put_back(unit.texts[version], unit.codes.get(version, ()), FAMILY)
        yield f"<seg>{written}</seg></tuv>\n"
    yield "</tu>\n"
