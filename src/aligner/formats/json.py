"""The whole alignment as one JSON object, the published schema, and back.

``schema``, ``signature``, ``notes``, ``versions`` (name, language, path, and segments with text,
offsets and kind) and ``beads`` (segments by version, probability, moved). From three versions on
``ladders`` holds the beads of each pair, which may be finer. A comparison adds ``divergences``.
"""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any, get_args

from aligner._errors import InputError
from aligner._json import json_value
from aligner._types import (
    SCHEMA,
    SEVERITIES,
    Alignment,
    Bead,
    Block,
    Comparison,
    Divergence,
    DivergenceType,
    Document,
    InlineCode,
    Kind,
    Segment,
    Signature,
    Span,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aligner._decode import Source

_LONGEST_GAP = 10_000_000
_KINDS = {"code": str, "message": str, "bead": int, "confidence": int | float, "evidence": dict}


def to_dict(alignment: Alignment) -> dict[str, object]:
    """Return *alignment* as plain JSON values."""
    return {
        "schema": SCHEMA,
        "signature": asdict(alignment.signature),
        "notes": list(alignment.notes),
        "versions": [_version(document) for document in alignment.documents],
        "beads": [_row(bead) for bead in alignment.beads],
        **({"ladders": ladders} if (ladders := _ladders(alignment)) else {}),
    }


def render(alignment: Alignment) -> str:
    """Return the file: indented by one, so that versions compare line by line."""
    return json.dumps(to_dict(alignment), ensure_ascii=False, indent=1) + "\n"


def read_alignment(source: Source) -> Alignment:
    """Return the alignment that was written; text between segments comes back as line ends."""
    return _alignment(_value(source), source)


def _value(source: Source) -> dict[str, Any]:
    try:
        value = json_value(source.text)
    except ValueError as error:
        raise InputError(source.name, f"not valid JSON ({error})") from None
    if not isinstance(value, dict) or value.get("schema") != SCHEMA:
        raise InputError(source.name, f"not an alignment of schema {SCHEMA}")
    return value


def _alignment(value: dict[str, Any], source: Source) -> Alignment:
    try:
        documents = tuple(_document(version) for version in value["versions"])
        names = tuple(document.name for document in documents)
        beads = tuple(_bead(bead, names) for bead in value["beads"])
        signature = Signature(**value["signature"])
        notes = tuple(map(str, value.get("notes", ())))
        ladders = tuple(
            tuple(_bead(bead, tuple(ladder["versions"])) for bead in ladder["beads"])
            for ladder in value.get("ladders", ())
        )
        alignment = Alignment(documents, beads, signature, notes, ladders)
        _check_cover(alignment)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        problem = f"not a complete alignment ({type(error).__name__}: {error})"
        raise InputError(source.name, problem) from None
    return alignment


def read_comparison(source: Source) -> Comparison | None:
    """Return the comparison that was written, ``None`` for an alignment that was not checked."""
    value = _value(source)
    if value.get("divergences") is None:
        return None
    alignment = _alignment(value, source)
    try:
        found = tuple(_divergence(one, alignment) for one in value["divergences"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        problem = f"has a finding that cannot be read ({type(error).__name__}: {error})"
        raise InputError(source.name, problem, fix="write it again with aligner compare") from None
    return Comparison(alignment, found, tuple(map(str, value.get("skipped", ()))))


def _row(bead: Bead) -> dict[str, object]:
    return {
        "segments": {v: list(s) for v, s in zip(bead.versions, bead.sides, strict=True)},
        "probability": round(bead.probability, 4),
        "moved": bead.moved,
        **({"locked": True} if bead.locked else {}),
    }


def _ladders(alignment: Alignment) -> list[dict[str, object]]:
    return [
        {"versions": list(ladder[0].versions), "beads": [_row(bead) for bead in ladder]}
        for ladder in alignment.ladders
        if ladder
    ]


def _version(document: Document) -> dict[str, object]:
    return {
        "name": document.name,
        "language": document.language,
        "path": document.path,
        "segments": [
            {
                "text": segment.text,
                "start": segment.start,
                "end": segment.end,
                "kind": segment.kind,
                **({"level": segment.level} if segment.level else {}),
                **({"place": segment.place} if segment.place else {}),
                "block": segment.block,
                **({"codes": [asdict(code) for code in segment.codes]} if segment.codes else {}),
            }
            for segment in document.segments
        ],
    }


def _document(version: Mapping[str, object]) -> Document:
    rows = version["segments"]
    if not isinstance(rows, list):
        raise ValueError("segments are not a list")
    parts: list[str] = []
    segments: list[Segment] = []
    blocks: list[Block] = []
    end, last = 0, None
    for segment in map(_segment, rows):
        _check_span(segment, end)
        parts += ["\n" * (segment.start - end), segment.text]
        start = segment.start
        if blocks and segment.block == last:
            start = blocks.pop().start
        blocks.append(Block(start, segment.end, segment.kind, segment.level, segment.place))
        segments.append(replace(segment, block=len(blocks) - 1))
        end, last = segment.end, segment.block
    path = version.get("path")
    return Document(
        "".join(parts),
        tuple(blocks),
        tuple(segments),
        language=str(version["language"]),
        name=str(version["name"]),
        path=None if path is None else str(path),
    )


def _segment(row: Mapping[str, Any]) -> Segment:
    codes = row.get("codes", ())
    if not isinstance(codes, list | tuple):
        raise ValueError("codes are not a list")
    return replace(Segment(**{**row, "codes": ()}), codes=tuple(map(_code, codes)))


def _code(row: Mapping[str, Any]) -> InlineCode:
    data = tuple((str(key), str(content)) for key, content in row.get("data", ()))
    return InlineCode(int(row["offset"]), str(row["family"]), str(row["markup"]), data)


def _divergence(value: dict[str, Any], alignment: Alignment) -> Divergence:
    placed = {
        version: tuple(Span(int(start), int(end)) for start, end in found)
        for version, found in value["spans"].items()
    }
    found = Divergence(**{**value, "spans": placed})
    unfit = [key for key, kind in _KINDS.items() if not isinstance(getattr(found, key), kind)]
    if unfit:
        raise ValueError(f"{unfit[0]} is {value[unfit[0]]!r}")
    _check_finding(found, alignment)
    return found


def _check_finding(found: Divergence, alignment: Alignment) -> None:
    """Raise `ValueError` for a finding that no check makes of *alignment*."""
    known = {
        "type": found.type in get_args(DivergenceType),
        "severity": found.severity in SEVERITIES,
        "confidence": 0 <= found.confidence <= 1,
        "odd": found.odd in (None, *alignment.versions),
        "bead": 0 <= found.bead < len(alignment.beads),
        "spans": all(
            span.end <= len(alignment.document(version).text)
            for version, spans in found.spans.items()
            for span in spans
        ),
    }
    for key, fits in known.items():
        if not fits:
            raise ValueError(f"{key} is {getattr(found, key)!r}")


def _check_span(segment: Segment, end: int) -> None:
    if segment.kind not in get_args(Kind):
        raise ValueError(f"unknown kind {segment.kind!r}")
    # A hostile offset must not make us build gigabytes of line ends.
    if not end <= segment.start <= end + _LONGEST_GAP:
        raise ValueError(f"a segment at {segment.start} after one that ends at {end}")
    if segment.end - segment.start != len(segment.text):
        raise ValueError(f"{len(segment.text)} letters at {segment.start}..{segment.end}")


def _bead(row: Mapping[str, object], versions: tuple[str, ...]) -> Bead:
    sides = row["segments"]
    if not isinstance(sides, dict) or set(sides) != set(versions):
        raise ValueError(f"a bead of other versions than {', '.join(versions)}")
    return Bead(
        versions,
        tuple(tuple(int(i) for i in sides[version]) for version in versions),
        float(str(row["probability"])),
        bool(row.get("moved", False)),
        bool(row.get("locked", False)),
    )


def _check_cover(alignment: Alignment) -> None:
    for position, document in enumerate(alignment.documents):
        held = sorted(i for bead in alignment.beads for i in bead.sides[position])
        if held != list(range(len(document.segments))):
            raise ValueError(f"not every segment of {document.name!r} stands in exactly one bead")
