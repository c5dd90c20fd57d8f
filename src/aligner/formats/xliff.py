"""XLIFF 1.2 and 2.x: exchange files of translation tools, one source and one target."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, BinaryIO

from aligner._errors import InputError
from aligner.formats._units import Unit, alignment_of, share, units
from aligner.formats._xml import XML_LANG, escape, local, quote, stream, valid_text
from aligner.formats.bitext import Row, language_tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from xml.etree.ElementTree import Element

    from aligner._types import Alignment, Divergence, Document
    from aligner.formats._decode import Source

# What these hold is markup of the original file (1.2), or nothing at all (2.x).
_CODES = {"bpt", "ept", "ph", "it", "x", "bx", "ex", "sc", "ec", "sm", "em"}
_CATEGORY = "aligner"
_PRIORITIES = {"critical": 1, "major": 3, "minor": 6, "style": 9}


def rows(file: BinaryIO, path: str, languages: Sequence[str] | None = None) -> Iterator[Row]:
    """Yield the segments of an XLIFF file in a stream; inline codes are left out of the texts."""
    named = (languages[0], languages[1]) if languages and len(languages) > 1 else ("", "")
    for unit in _units(file, path, named=named):
        yield Row(unit.id, unit.texts, unit.place)


def read_alignment(source: Source) -> Alignment:
    """Return a bead for each segment; files that aligner wrote come back as they were."""
    languages: dict[str, str] = {}
    found = list(_units(io.BytesIO(source.data), source.name, languages))
    return alignment_of(found, source.name, languages=languages)


def _units(
    file: BinaryIO,
    path: str,
    languages: dict[str, str] | None = None,
    *,
    named: tuple[str, str] = ("", ""),
) -> Iterator[Unit]:
    """Yield the units; what the file says of its versions is gathered in *languages*.

    Args:
        named: source and target language, until the file says others.
    """
    opens, closes = {"xliff", "file"}, {"trans-unit", "unit"}
    for event, element in stream(file, path, opens=opens, closes=closes):
        if event == "start":
            source = element.get("srcLang") or element.get("source-language") or named[0]
            target = element.get("trgLang") or element.get("target-language") or named[1]
            named = (source, target)
        else:
            yield from _unit(element, named, path, {} if languages is None else languages)


def _unit(
    unit: Element, named: tuple[str, str], path: str, languages: dict[str, str]
) -> Iterator[Unit]:
    name = unit.get("id") or unit.get("resname") or ""
    groups = _groups(unit)
    bead = next((metas for category, metas in groups if category == _CATEGORY), {})
    pairs = list(_pairs(unit))
    for number, (key, *sides) in enumerate(pairs):
        label = name if len(pairs) == 1 else f"{name}/{key or number + 1}"
        texts: dict[str, str] = {}
        layouts: dict[str, str] = {}
        for category, metas in _sides(sides, named, groups, path, label):
            version = metas.get("version") or metas["language"]
            languages.setdefault(version, metas["language"])
            if category or metas["text"] or metas.get("segments"):
                texts[version] = metas["text"]
                layouts[version] = metas.get("segments", "")
            else:
                texts.setdefault(version, "")
        identifier = label.removeprefix("u") if bead else label
        probability = share(bead.get("probability", 1.0))
        place = f"unit {unit.get('name') or label}" if bead else f"unit {label}"
        yield Unit(identifier, texts, layouts, probability, "moved" in bead, place)


def _sides(
    sides: Sequence[Element | None],
    named: tuple[str, str],
    groups: Sequence[tuple[str, dict[str, str]]],
    path: str,
    label: str,
) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield what is known of source, target and, in the metadata, further versions."""
    for role, side, language in zip(("source", "target"), sides, named, strict=True):
        tag = (None if side is None else side.get(XML_LANG)) or language
        if not tag:
            fix = "set srcLang and trgLang (source-language and target-language in 1.2)"
            raise InputError(path, "does not say its languages", place=f"unit {label}", fix=fix)
        known = next((metas for category, metas in groups if category == f"{_CATEGORY}:{role}"), {})
        yield "", {**known, "language": language_tag(tag) or tag, "text": text_of(side)}
    for category, metas in groups:
        if category == f"{_CATEGORY}:version" and {"language", "text"} <= metas.keys():
            yield category, metas


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


def text_of(element: Element | None) -> str:
    """Return the text of a source or target without its inline codes."""
    return "" if element is None else "".join(_pieces(element))


def _character(code: str) -> str:
    """Return the character of a ``cp`` element, which XML itself could not hold."""
    return (
        chr(int(code, 16))
        if re.fullmatch("[0-9A-Fa-f]{1,4}", code)
        else "\N{REPLACEMENT CHARACTER}"
    )


def _pieces(element: Element) -> Iterator[str]:
    yield element.text or ""
    for part in element:
        name = local(part.tag)
        if name == "cp":
            yield _character(part.get("hex") or "")
        elif name not in _CODES:
            yield from _pieces(part)
        yield part.tail or ""


def render(alignment: Alignment, divergences: Iterable[Divergence] = ()) -> str:
    """Return XLIFF 2.1: the first version is the source, the second the target.

    XLIFF knows one target only: further versions stand in the metadata of each unit, which tools
    keep and aligner reads. Probabilities are metadata, findings are notes with a priority.
    """
    source, target, *others = alignment.documents
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" '
        'xmlns:mda="urn:oasis:names:tc:xliff:metadata:2.0" version="2.1" '
        f"srcLang={quote(source.language)} trgLang={quote(target.language)}>\n"
        f'<file id="f1" original={quote(source.path or source.name)}>\n'
        f'<notes><note category="{_CATEGORY}">{escape(str(alignment.signature))}</note></notes>\n'
    ]
    for unit in units(alignment, divergences, clean=valid_text):
        parts += _written(unit, source, target, others)
    return "".join([*parts, "</file>\n</xliff>\n"])


def _written(
    unit: Unit, source: Document, target: Document, others: Sequence[Document]
) -> Iterator[str]:
    name = "" if unit.name == unit.id else f" name={quote(unit.name)}"
    yield f'<unit id="u{unit.id}"{name} xml:space="preserve">\n<mda:metadata>'
    values = {"probability": f"{unit.probability:.4f}"} | ({"moved": "yes"} if unit.moved else {})
    yield _group(_CATEGORY, values)
    for role, document in (("source", source), ("target", target)):
        metas = {"segments": unit.layouts.get(document.name, "")}
        if document.name != document.language:
            metas["version"] = document.name
        if any(metas.values()):
            yield _group(f"{_CATEGORY}:{role}", metas)
    for document in others:
        yield _group(
            f"{_CATEGORY}:version",
            {
                "version": document.name,
                "language": document.language,
                "segments": unit.layouts.get(document.name, ""),
                "text": unit.texts[document.name],
            },
        )
    yield "</mda:metadata>\n"
    yield from _notes(unit)
    yield f"<segment>\n<source>{escape(unit.texts[source.name])}</source>\n"
    if target.name in unit.layouts:
        yield f"<target>{escape(unit.texts[target.name])}</target>\n"
    yield "</segment>\n</unit>\n"


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
