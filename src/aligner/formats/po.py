"""PO: message catalogues of gettext, a source and a target.

Written, a bead is a message: its number is the context, a doubtful one is fuzzy, probability,
layout and findings are comments for the translator.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from aligner._errors import InputError, OutputError
from aligner._tags import language_tag
from aligner.formats._catalogue import Message, messages
from aligner.formats._numbering import alignment_of
from aligner.formats._rows import Row
from aligner.formats._stream import Stream
from aligner.formats._units import Unit, bitext_of, share

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from aligner._decode import Source
    from aligner._types import Alignment, Divergence
    from aligner.formats._units import Bitext

_DOUBTFUL = 0.5
_CHARSET = re.compile(rb"charset=([A-Za-z][\w.:-]+)")
_USUAL = {b"utf-8", b"utf8", b"us-ascii", b"ascii", b"charset"}  # the last of a template
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"})


def rows(stream: Stream, languages: Sequence[str] | None = None) -> Iterator[Row]:
    """Yield the messages of a PO file; each plural form is a row, obsolete messages are left out.

    The source is taken to be English unless the header has ``X-Source-Language``.
    """
    for unit in read_units(stream, {}, named=languages):
        yield Row(unit.id, unit.texts, unit.place)


def read_alignment(source: Source) -> Alignment:
    """Return a bead for each message; files that aligner wrote come back as they were."""
    return alignment_of(read_units(Stream.of(source), {}), source.name)


def read_units(
    stream: Stream, languages: dict[str, str], *, named: Sequence[str] | None = None
) -> Iterator[Unit]:
    """Yield the messages.

    Args:
        languages: unused, as a version is called by its language.
        named: source and target language, if not those of the header.
    """
    found = messages(stream.lines(_charset(stream.head())), stream.name)
    first = next(found, Message(0))
    is_header = first.sources == [""] and not first.context
    versions = _languages(_fields(first) if is_header else {}, stream.name, named)
    entries = found if is_header or not first.sources else chain([first], found)
    for number, message in enumerate(entries, 1):
        if not message.obsolete:
            yield from _message_units(message, str(number), versions)


def _charset(head: bytes) -> str | None:
    """Return the encoding that the header states, where it is not UTF-8."""
    stated = _CHARSET.search(head)
    return stated[1].decode() if stated and stated[1].lower() not in _USUAL else None


def _fields(header: Message) -> dict[str, str]:
    lines = (line.partition(":") for line in header.targets[0].splitlines())
    return {name: value.strip() for name, _, value in lines}


def _message_units(message: Message, number: str, versions: tuple[str, str]) -> Iterator[Unit]:
    first, second = versions
    name, place = message.context or number, f"line {message.line}"
    sources, targets = message.sources or [""], message.targets
    if len(sources) > 1:
        for form, text in enumerate(targets):
            texts = {first: sources[form > 0], second: text}
            yield Unit(f"{name}[{form}]", texts, place=place)
        return
    said = dict(comment.partition(": ")[::2] for comment in message.comments)
    layouts, places = (
        {tag: said[f"{what} {tag}"] for tag in versions if f"{what} {tag}" in said}
        for what in ("segments", "place")
    )
    yield Unit(
        name,
        {first: sources[0], second: targets[0]},
        layouts,
        share(said.get("probability", "")),
        "moved" in said,
        place,
        places=places,
    )


def _languages(
    header: Mapping[str, str], path: str, languages: Sequence[str] | None
) -> tuple[str, str]:
    source, target = languages or (
        header.get("X-Source-Language") or "en",
        header.get("Language") or "",
    )
    if not target:
        fix = 'add a line "Language: de\\n" to its header'
        raise InputError(path, "does not say its language", place="header", fix=fix)
    return language_tag(source) or source, language_tag(target) or target


def render(alignment: Alignment, divergences: Iterable[Divergence] = ()) -> str:
    """Return the catalogue of two versions; passages of the target alone cannot stand in it."""
    return "".join(write_units(bitext_of(alignment, divergences)))


def write_units(bitext: Bitext) -> Iterator[str]:
    """Yield the file piece by piece."""
    versions = tuple(bitext.languages.items())
    if len(versions) != 2:
        number = len(versions)
        raise OutputError(f"po holds two versions, not {number}; write tmx, or align two at a time")
    (source, source_language), (_, target_language) = versions
    header = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": target_language,
        "X-Source-Language": source_language,
        "X-Generator": str(bitext.signature),
    }
    yield 'msgid ""\nmsgstr ""\n'
    for name, value in header.items():
        yield f'"{name}: {_quoted(value)}\\n"\n'
    for unit in bitext.units():
        if unit.texts[source].strip():
            yield from _message(unit, *versions)


def _message(unit: Unit, *versions: tuple[str, str]) -> Iterator[str]:
    yield f"\n#. probability: {unit.probability:.4f}\n"
    if unit.moved:
        yield "#. moved\n"
    for name, language in versions:
        if name in unit.layouts:
            yield f"#. segments {language}: {unit.layouts[name]}\n"
        if name in unit.places:
            yield f"#. place {language}: {' '.join(unit.places[name].split())}\n"
    for finding in unit.findings:
        message = " ".join(finding.message.split())
        yield f"#. {finding.code} {finding.severity}: {message}\n"
    if unit.probability < _DOUBTFUL:
        yield "#, fuzzy\n"
    source, target = (_quoted(unit.texts[name]) for name, _ in versions)
    yield f'msgctxt "{unit.id}"\nmsgid "{source}"\nmsgstr "{target}"\n'


def _quoted(text: str) -> str:
    return text.translate(_ESCAPES)
