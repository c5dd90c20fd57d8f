"""The findings as SARIF 2.1.0, so that a code host shows them in review as annotations."""

from __future__ import annotations

import hashlib
import json
from pathlib import PurePath
from typing import TYPE_CHECKING
from urllib.parse import quote

from aligner._storage import STDIO
from aligner.checks import registered
from aligner.report.views import Places, findings
from aligner.report.wording import TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aligner._types import Alignment, Comparison, Divergence, Document
    from aligner.report.views import FindingView

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {"critical": "error", "major": "error", "minor": "warning", "style": "note"}
_TEXT_FILES = {".txt", ".text", ".md", ".markdown", ""}


def sarif(comparison: Comparison) -> str:
    """Return one SARIF run: a rule for each check that found something, a result for each finding.

    Critical and major findings are errors, minor ones warnings, style is a note. A result stands
    in the version that differs (else in the first that is marked); the others are related places.
    """
    from aligner import __version__

    found = findings(comparison)
    divergences = sorted((f.divergence for f in found), key=lambda d: d.code)
    rules = {divergence.code: _rule(divergence) for divergence in divergences}
    order = {code: index for index, code in enumerate(rules)}
    writer = _Writer(comparison.alignment)
    driver = {"name": "aligner", "version": __version__, "rules": list(rules.values())}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [writer.result(f, order[f.divergence.code]) for f in found],
        "properties": {
            "signature": str(comparison.alignment.signature),
            "skipped": list(comparison.skipped),
        },
    }
    value = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _rule(divergence: Divergence) -> dict[str, object]:
    """Return what is said of a check; its usual level, though findings may be graver or less so."""
    name, meaning = TYPES[divergence.type]
    known = registered().get(divergence.code)
    severity = known.severity if known else divergence.severity
    advice = f"--ignore {divergence.code} leaves such findings out, a baseline those accepted."
    return {
        "id": divergence.code,
        "name": divergence.type,
        "shortDescription": {"text": name},
        "fullDescription": {"text": meaning},
        "help": {"text": f"{known.summary}. {advice}" if known else advice},
        "defaultConfiguration": {"level": _LEVELS[severity]},
    }


class _Writer:
    def __init__(self, alignment: Alignment) -> None:
        self._alignment = alignment
        self._places = {document.name: Places(document) for document in alignment.documents}

    def result(self, finding: FindingView, rule: int) -> dict[str, object]:
        divergence = finding.divergence
        locations = list(self._locations(divergence))
        whose = f" ({finding.whose})" if finding.whose else ""
        return {
            "ruleId": divergence.code,
            "ruleIndex": rule,
            "level": _LEVELS[divergence.severity],
            "rank": round(100 * divergence.confidence, 2),
            "message": {"text": f"{finding.title}{whose}: {divergence.message}"},
            "locations": locations[:1],
            "relatedLocations": [
                {"id": number, **location} for number, location in enumerate(locations[1:], 1)
            ],
            "partialFingerprints": {"aligner/v1": self._fingerprint(divergence)},
            "properties": {
                "type": divergence.type,
                "severity": divergence.severity,
                "confidence": round(divergence.confidence, 4),
                "odd": divergence.odd,
                "bead": divergence.bead,
                "place": finding.place,
            },
        }

    def _locations(self, divergence: Divergence) -> Iterator[dict[str, object]]:
        """Yield a location for each version of the bead, the one that differs first."""
        bead = self._alignment.beads[divergence.bead]
        order = sorted(
            self._alignment.documents,
            key=lambda d: (d.name != divergence.odd, not divergence.spans.get(d.name)),
        )
        for document in order:
            spans = divergence.spans.get(document.name, ())
            side = bead[document.name]
            if spans:
                yield self._location(document, spans[0].start, spans[0].end)
            elif side:
                segments = document.segments
                yield self._location(document, segments[side[0]].start, segments[side[-1]].end)

    def _location(self, document: Document, start: int, end: int) -> dict[str, object]:
        places = self._places[document.name]
        message = {"text": f"{document.name}: {places.of(start)}"}
        if document.path is None or document.path == STDIO:
            return {"logicalLocations": [{"name": document.name}], "message": message}
        physical: dict[str, object] = {"artifactLocation": {"uri": _uri(document.path)}}
        if PurePath(document.path).suffix.lower() in _TEXT_FILES:
            (line, column), (end_line, end_column) = places.line(start), places.line(end)
            physical["region"] = {
                "startLine": line,
                "startColumn": column,
                "endLine": end_line,
                "endColumn": end_column,
                "charOffset": start,
                "charLength": end - start,
            }
        return {"physicalLocation": physical, "message": message}

    def _fingerprint(self, divergence: Divergence) -> str:
        """Return what stays the same when the text around the finding moves."""
        texts = self._alignment.texts(self._alignment.beads[divergence.bead])
        key = "\0".join([divergence.code, divergence.message, *texts.values()])
        return hashlib.blake2b(key.encode(), digest_size=12).hexdigest()


def _uri(path: str) -> str:
    pure = PurePath(path)
    return pure.as_uri() if pure.is_absolute() else quote(pure.as_posix())
