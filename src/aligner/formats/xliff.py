"""XLIFF 1.2 and 2.x: exchange files of translation tools, one source and one target."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aligner._errors import InputError
from aligner._tags import language_tag
from aligner.formats._inline import put_back
from aligner.formats._numbering import alignment_of
from aligner.formats._rows import Row
from aligner.formats._stream import Stream
from aligner.formats._units import Unit, bitext_of, share
from aligner.formats._xliff_codes import FAMILY, original_data, text_and_codes
from aligner.formats._xml import XML_LANG, elements, escape, local, quote, valid_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from xml.etree.ElementTree import Element

    from aligner._decode import Source
    from aligner._types import Alignment, Divergence, InlineCode
    from aligner.formats._units import Bitext

_CATEGORY = "aligner"
_PRIORITIES = {"critical": 1, "major": 3, "minor": 6, "style": 9}


def rows(stream: Stream, languages: Sequence[str] | None = None) -> Iterator[Row]:
    """Yield the segments of an XLIFF file in a stream; inline codes are left out of the texts."""
    named = (languages[0], languages[1]) if languages and len(languages) > 1 else ("", "")
    for unit in read_units(stream, {}, named=named):
        yield Row(unit.id, unit.texts, unit.place, unit.codes)


def read_alignment(source: Source) -> Alignment:
    """Return a bead for each segment; files that aligner wrote come back as they were."""
    languages: dict[str, str] = {}
    found = read_units(Stream.of(source), languages)
    return alignment_of(found, source.name, languages=languages)


def read_units(
    stream: Stream, languages: dict[str, str], *, named: tuple[str, str] = ("", "")
) -> Iterator[Unit]:
    """Yield the units; what the file says of its versions is gathered in *languages*.

    Args:
        named: source and target language, until the file says others.
    """
    opens, closes = {"xliff", "file"}, {"trans-unit", "unit"}
    for event, element in elements(stream, "xliff", opens=opens, closes=closes):
        if event == "start":
            source = element.get("srcLang") or element.get("source-language") or named[0]
            target = element.get("trgLang") or element.get("target-language") or named[1]
            named = (source, target)
        else:
            yield from _unit(element, named, stream.name, languages)


@dataclass(frozen=True, slots=True)
class _Side:
    """What a unit has of one version; ``further`` versions stand in its metadata."""

    version: str
    language: str
    text: str
    layout: str = ""
    places: str = ""
    codes: tuple[InlineCode, ...] = ()
    further: bool = False


def _unit(
    unit: Element, named: tuple[str, str], path: str, languages: dict[str, str]
) -> Iterator[Unit]:
    name = unit.get("id") or unit.get("resname") or ""
    groups = _groups(unit)
    bead = next((metas for category, metas in groups if category == _CATEGORY), {})
    originals = original_data(unit) if local(unit.tag) == "unit" else None
    pairs = list(_pairs(unit))
    for number, (key, *pair) in enumerate(pairs):
        label = name if len(pairs) == 1 else f"{name}/{key or number + 1}"
        sides = {
            side.version: side
            for side in _sides(pair, named, groups, originals, (path, f"unit {label}"))
        }
        for side in sides.values():
            languages.setdefault(side.version, side.language)
        there = {v: s for v, s in sides.items() if s.further or s.text or s.layout}
        yield Unit(
            label.removeprefix("u") if bead else label,
            {version: side.text for version, side in sides.items()},
            {version: side.layout for version, side in there.items()},
            share(bead.get("probability", 1.0)),
            "moved" in bead,
            f"unit {unit.get('name') or label}" if bead else f"unit {label}",
            places={version: side.places for version, side in there.items()},
            codes={version: side.codes for version, side in there.items()},
        )


def _sides(
    elements: Sequence[Element | None],
    named: tuple[str, str],
    groups: Sequence[tuple[str, dict[str, str]]],
    originals: Mapping[str, str] | None,
    where: tuple[str, str],
) -> Iterator[_Side]:
    """Yield what is known of source, target and, in the metadata, further versions."""
    for role, element, language in zip(("source", "target"), elements, named, strict=True):
        stated = (None if element is None else element.get(XML_LANG)) or language
        if not stated:
            fix = "set srcLang and trgLang (source-language and target-language in 1.2)"
            raise InputError(where[0], "does not say its languages", place=where[1], fix=fix)
        known = next((metas for category, metas in groups if category == f"{_CATEGORY}:{role}"), {})
        text, codes = text_and_codes(element, role, originals)
        tag = language_tag(stated) or stated
        version = known.get("version") or tag
        yield _Side(version, tag, text, known.get("segments", ""), known.get("places", ""), codes)
    for category, metas in groups:
        if category == f"{_CATEGORY}:version" and {"language", "text"} <= metas.keys():
            version = metas.get("version") or metas["language"]
            laid, places = metas.get("segments", ""), metas.get("places", "")
            yield _Side(version, metas["language"], metas["text"], laid, places, further=True)


def _groups(unit: Element) -> list[tuple[str, dict[str, str]]]:
    """Return the metadata of *unit*: category and values of each group."""
    return [
        (
            group.get("category", ""),
            {m.get("type", ""): m.text or "" for m in group if local(m.tag) == "meta"},
        )
        for metadata in unit
        if local(metadata.tag) == "metadata"
        for group in metadata
        if group.get("category", "").startswith(_CATEGORY)
    ]


def _pairs(unit: Element) -> Iterator[tuple[str, Element | None, Element | None]]:
    """Yield id, source and target of each segment of *unit*."""
    if local(unit.tag) == "unit":
        for segment in unit:
            if local(segment.tag) == "segment":
                yield segment.get("id") or "", _child(segment, "source"), _child(segment, "target")
        return
    source, cut, target = (_child(unit, n) for n in ("source", "seg-source", "target"))
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


def _child(element: Element, name: str) -> Element | None:
    return next((e for e in element if local(e.tag) == name), None)


def render(alignment: Alignment, divergences: Iterable[Divergence] = ()) -> str:
    """Return XLIFF 2.1: the first version is the source, the second the target.

    XLIFF knows one target only: further versions stand in the metadata of each unit, which tools
    keep and aligner reads. Probabilities are metadata, findings are notes with a priority.
    """
    return "".join(write_units(bitext_of(alignment, divergences)))


def write_units(bitext: Bitext) -> Iterator[str]:
    """Yield the file piece by piece."""
    source, target, *_ = bitext.languages.values()
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" '
        'xmlns:mda="urn:oasis:names:tc:xliff:metadata:2.0" version="2.1" '
        f"srcLang={quote(source)} trgLang={quote(target)}>\n"
        f'<file id="f1" original={quote(bitext.path)}>\n'
        f'<notes><note category="{_CATEGORY}">{escape(str(bitext.signature))}</note></notes>\n'
    )
    for unit in bitext.units(valid_text):
        yield from _written(unit, bitext.languages)
    yield "</file>\n</xliff>\n"


def _written(unit: Unit, languages: Mapping[str, str]) -> Iterator[str]:
    source, target, *others = languages
    name = "" if unit.name == unit.id else f" name={quote(unit.name)}"
    yield f'<unit id="u{unit.id}"{name} xml:space="preserve">\n<mda:metadata>'
    values = {"probability": f"{unit.probability:.4f}"} | ({"moved": "yes"} if unit.moved else {})
    yield _group(_CATEGORY, values)
    for role, version in (("source", source), ("target", target)):
        metas = _laid(unit, version)
        if version != languages[version]:
            metas["version"] = version
        if any(metas.values()):
            yield _group(f"{_CATEGORY}:{role}", metas)
    for version in others:
        metas = {"version": version, "language": languages[version], **_laid(unit, version)}
        yield _group(f"{_CATEGORY}:version", {**metas, "text": unit.texts[version]})
    yield "</mda:metadata>\n"
    yield from _notes(unit)
    yield from _data(unit, source, target)
    yield f"<segment>\n<source>{_marked_up(unit, source)}</source>\n"
    if target in unit.layouts:
        yield f"<target>{_marked_up(unit, target)}</target>\n"
    yield "</segment>\n</unit>\n"


def _laid(unit: Unit, version: str) -> dict[str, str]:
    places = unit.places.get(version, "")
    return {"segments": unit.layouts.get(version, "")} | ({"places": places} if places else {})


def _marked_up(unit: Unit, version: str) -> str:
    return put_back(unit.texts[version], unit.codes.get(version, ()), FAMILY)


def _data(unit: Unit, *versions: str) -> Iterator[str]:
    """Yield the content that the inline codes of *unit* refer to."""
    codes = [code for version in versions for code in unit.codes.get(version, ())]
    data = dict(pair for code in codes for pair in code.data)
    if data:
        inside = (f"<data id={quote(i)}>{escape(content)}</data>" for i, content in data.items())
        yield f"<originalData>{''.join(inside)}</originalData>\n"


def _group(category: str, metas: dict[str, str]) -> str:
    inside = "".join(f'<mda:meta type="{k}">{escape(v)}</mda:meta>' for k, v in metas.items())
    return f'<mda:metaGroup category="{category}">{inside}</mda:metaGroup>'


def _notes(unit: Unit) -> Iterator[str]:
    if not unit.findings:
        return
    yield "<notes>"
    for number, finding in enumerate(unit.findings, 1):
        text = f"{finding.code} {finding.type}, {finding.severity}, {finding.confidence:.0%} sure"
        yield (
            f'<note id="n{number}" category="{_CATEGORY}:finding" '
            f'priority="{_PRIORITIES[finding.severity]}">'
            f"{escape(f'{text}: {finding.message}')}</note>"
        )
    yield "</notes>\n"
