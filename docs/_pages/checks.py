"""The pages of the checks, made from the registry, their examples and what was measured."""

from __future__ import annotations

import inspect
import json
import re
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aligner import Alignment, Bead, CheckOptions, Document, Signature
from aligner.checks import Check, check, read_glossary, registered

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from aligner import Comparison, Divergence
    from aligner.checks import Glossary

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "tests" / "data" / "checks" / "examples.jsonl"
PRECISION = ROOT / "docs" / "precision.txt"
LANGUAGES = {"en": "English", "de": "German", "sv": "Swedish"}
FAMILIES = {
    "D1": ("content", "What is there, and where"),
    "D2": ("quantities", "Numbers, dates, units"),
    "D3": ("names", "Names"),
    "D4": ("logic", "Negation, obligation, quantity words"),
    "D5": ("language", "Language, repetition, terms"),
    "D6": ("form", "Marks and structure"),
    "D7": ("meaning", "Meaning"),
}
_FEWEST = 20  # findings that a precision is worth stating of
_MADE = "<!-- Made by docs/generate.py from the checks and their examples; do not edit. -->"


@dataclass(frozen=True, slots=True)
class Example:
    """A few beads on which a check fires, or stays quiet.

    Attributes:
        beads: each has its texts by language; maybe ``moved``, ``kind`` (of segments) and ``at``
            (the place of a segment in its version), the last two by language.
        glossary: its lines as CSV, for the check that needs one.
    """

    code: str
    fires: bool
    beads: Sequence[Mapping[str, Any]]
    glossary: str = ""

    def comparison(self) -> Comparison:
        """Return what the check alone finds in the beads."""
        options = CheckOptions(select=(self.code,), glossary=self._glossary())
        return check(self.alignment(), options)

    def _glossary(self) -> Glossary | None:
        if not self.glossary:
            return None
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "terms.csv"
            path.write_text(self.glossary, encoding="utf-8")
            return read_glossary(path)

    def alignment(self) -> Alignment:
        """Return the beads as an alignment, a segment a side."""
        names = tuple(name for name in LANGUAGES if any(name in bead for bead in self.beads))
        orders = {name: self._order(name) for name in names}
        beads = [
            Bead(
                names,
                tuple((orders[n].index(k),) if k in orders[n] else () for n in names),
                moved=bead.get("moved", False),
            )
            for k, bead in enumerate(self.beads)
        ]
        documents = tuple(self._document(name, orders[name]) for name in names)
        return Alignment(documents, tuple(beads), Signature("", "", "given"))

    def _order(self, name: str) -> list[int]:
        """Return the beads that *name* has, in the order of its text."""
        there = [k for k, bead in enumerate(self.beads) if name in bead]
        return sorted(there, key=lambda k: self.beads[k].get("at", {}).get(name, k))

    def _document(self, name: str, order: list[int]) -> Document:
        document = Document.from_segments([self.beads[k][name] for k in order], language=name)
        kinds = [self.beads[k].get("kind", {}).get(name, "text") for k in order]
        segments = [replace(s, kind=k) for s, k in zip(document.segments, kinds, strict=True)]
        return replace(document.with_segments(segments), name=name)


def examples() -> list[Example]:
    """Return the examples of all checks."""
    lines = EXAMPLES.read_text(encoding="utf-8").splitlines()
    return [Example(**json.loads(line)) for line in lines]


def checks_pages() -> dict[str, str]:
    """Return a page for each family of checks."""
    return {
        f"checks/{name}.md": "\n\n".join(_page(letter, title)) + "\n"
        for letter, (name, title) in FAMILIES.items()
    }


def _page(letter: str, title: str) -> Iterator[str]:
    codes = [c for c in registered().values() if c.code.startswith(letter)]
    yield f"# {letter}: {title}"
    yield _MADE
    yield (
        "What a finding marks is in **bold**; ‸ is where something is missing. "
        "[All checks](../checks.md) are listed on one page."
    )
    for entry in codes:
        yield from _section(entry)


def _section(entry: Check) -> Iterator[str]:
    yield f"## {entry.code}: {entry.type.replace('_', ' ')}"
    text = inspect.getdoc(entry.run or entry.run_document) or ""
    summary, _, rest = text.partition("\n\n")
    yield " ".join(summary.split())
    if rest:
        yield rest
    status = "on" if entry.default else f"off unless selected (`--select {entry.code}`)"
    languages = "English, German and Swedish" if entry.needs_lexicon else "any language"
    yield (
        f"Severity: {entry.severity}, where nothing else is said. By default: {status}. "
        f"For {languages}."
    )
    for example in (e for e in examples() if e.code == entry.code):
        yield from _example(example)
    yield _precision(entry.code)


def _example(example: Example) -> Iterator[str]:
    comparison = example.comparison()
    yield "**Fires:**" if example.fires else "**Stays quiet:**"
    if example.glossary:
        yield f"With the glossary\n\n```text\n{example.glossary}\n```"
    yield "\n".join(_rows(comparison))
    for found in comparison.divergences:
        odd = f", {LANGUAGES[found.odd]} differs" if found.odd else ""
        yield f"> {found.message} ({found.severity}, {found.confidence:.0%} sure{odd})"


def _rows(comparison: Comparison) -> Iterator[str]:
    alignment = comparison.alignment
    yield "| | " + " | ".join(LANGUAGES[name] for name in alignment.versions) + " |"
    yield "|---|" + "---|" * len(alignment.versions)
    for number, bead in enumerate(alignment.beads, start=1):
        cells = [
            _marked(alignment, name, bead[name], comparison.divergences) if bead[name] else "*none*"
            for name in alignment.versions
        ]
        yield f"| {number}{' moved' * bead.moved} | " + " | ".join(cells) + " |"


def _marked(
    alignment: Alignment, name: str, side: tuple[int, ...], found: Sequence[Divergence]
) -> str:
    document = alignment.document(name)
    segment = document.segments[side[0]]
    spans = {span for one in found for span in one.spans.get(name, ())}
    text, offset = segment.text, segment.start
    for span in sorted(spans, key=lambda s: s.start, reverse=True):
        start, end = span.start - offset, span.end - offset
        if start >= 0 and end <= len(segment.text):
            marked = f"**{text[start:end]}**" if start < end else "‸"
            text = text[:start] + marked + text[end:]
    kind = "" if segment.kind == "text" else f" *({segment.kind})*"
    return text.replace("|", "\\|").replace("{", "\\{") + kind


def _precision(code: str) -> str:
    """Return what was measured, from the output of the benchmark as it was printed."""
    row = re.compile(rf"{code}, (\d) versions: (\d+) findings, ([\d.]+) right")
    measured = row.findall(PRECISION.read_text(encoding="utf-8"))
    measured = [one for one in measured if int(one[1]) >= _FEWEST]
    if not measured:
        return "Too few labelled rows measure its precision."
    parts = [f"{float(p):.2f} of {n} findings in {v} versions" for v, n, p in measured]
    return f"Precision: {', '.join(parts)} (`python benchmarks/check_calibration.py --words`)."
