"""JSON, one bead a line: its texts under their versions, their segments, the probability.

    {"id": 0, "en": "One. Two.", "de": "Eins, zwei.", "segments": {"en": [0, 1], "de": [0]},
     "probability": 0.9812, "moved": false}

(on one line), and ``places`` where the segments have any. A version without a counterpart has an
empty text. The file can be read again as a bitext (``aligner check``).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from aligner._errors import InputError
from aligner._json import json_value
from aligner._tags import language_tag
from aligner.formats._numbering import alignment_of, units_of
from aligner.formats._rows import Row
from aligner.formats._stream import Stream
from aligner.formats._units import bitext_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aligner._decode import Source
    from aligner._types import Alignment
    from aligner.formats._units import Bitext, Entry, Unit


def render(alignment: Alignment) -> str:
    """Return one object a line; the id is the index of the bead."""
    return "".join(write_units(bitext_of(alignment)))


def write_units(bitext: Bitext) -> Iterator[str]:
    """Yield the lines of the file."""
    for index, entry in enumerate(bitext.entries):
        yield json.dumps(_row(index, entry), ensure_ascii=False) + "\n"


def _row(index: int, entry: Entry) -> dict[str, object]:
    places = {
        version: [segment.place for segment in segments]
        for version, segments, _ in entry.sides
        if any(segment.place for segment in segments)
    }
    return {
        "id": index,
        **{version: " ".join(s.text for s in segments) for version, segments, _ in entry.sides},
        "segments": {version: list(indices) for version, _, indices in entry.sides},
        "probability": round(entry.probability, 4),
        "moved": entry.moved,
        **({"places": places} if places else {}),
    }


def read_alignment(source: Source) -> Alignment:
    """Return a bead for each line, a segment for each text."""
    return alignment_of(read_units(Stream.of(source), {}), source.name)


def read_units(stream: Stream, languages: dict[str, str]) -> Iterator[Unit]:
    """Yield the lines; the keys that name *languages* are the versions."""
    return units_of(rows(stream))


def rows(stream: Stream, languages: Sequence[str] | None = None) -> Iterator[Row]:
    """Yield the rows of a JSONL file: one object a line, texts under their language."""
    path = stream.name
    for number, line in stream.lines():
        if not line.strip():
            continue
        try:
            value = json_value(line)
        except ValueError as error:
            problem = f"is not valid JSON ({error})"
            fix = "write one JSON object on each line"
            raise InputError(path, problem, place=f"line {number}", fix=fix) from error
        yield _given(value, path, number)


def _given(value: object, path: str, number: int) -> Row:
    place = f"line {number}"
    fix = 'a row looks like {"id": "1", "en": "...", "de": "..."}'
    if not isinstance(value, dict):
        raise InputError(path, "is not a JSON object", place=place, fix=fix)
    fields = dict(value)
    for nested in ("texts", "translation"):
        if isinstance(fields.get(nested), dict):
            fields.update(fields.pop(nested))
    for side in ("src", "tgt"):
        if isinstance(fields.get(side), str) and isinstance(fields.get(f"{side}_lang"), str):
            fields[str(fields[f"{side}_lang"])] = fields[side]
    texts = {}
    for key, text in fields.items():
        tag = language_tag(key)
        if tag and (text is None or isinstance(text, str)):
            texts[tag] = text or ""
    if len(texts) < 2:
        problem = f"has {len(texts)} of the two or more language keys a row needs"
        raise InputError(path, problem, place=place, fix=fix)
    name = fields.get("id", str(number))
    return Row(name if type(name) is int else str(name), texts, place)
