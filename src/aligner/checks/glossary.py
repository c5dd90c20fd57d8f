"""Terminology by a glossary that the user brings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aligner._tags import base_language
from aligner.checks._glossary import mentions, says
from aligner.checks._registry import check
from aligner.checks._values import BeadView, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aligner.checks._glossary import Glossary, Mention
    from aligner.checks._values import Passage


@check("D506", "terminology", "minor", needs_lexicon=False)
def glossary_term(bead: BeadView) -> Iterator[Finding]:
    """A term is not called what the glossary says.

    Runs where a glossary is given, from the language that comes first in it. Not flagged: inflected
    forms, parts of compounds, terms that the glossary does not have in the other language.
    """
    if bead.glossary is None:
        return
    glossary = bead.glossary
    source, target = sorted((bead.source, bead.target), key=lambda p: _rank(glossary, p))
    refused = list(mentions(glossary, target.text, target.language, refused=True))
    seen: list[object] = []
    for mention in mentions(glossary, source.text, source.language):
        concept = mention.concept
        if any(concept is other for other in seen):
            continue
        seen.append(concept)
        wanted = concept.terms.get(base_language(target.language), ())
        bad = next((other for other in refused if other.concept is concept), None)
        missing = wanted and not any(says(target.text, target.language, term) for term in wanted)
        if bad or missing:
            yield _finding(bead, source, target, mention, bad, wanted)


def _finding(
    bead: BeadView,
    source: Passage,
    target: Passage,
    mention: Mention,
    bad: Mention | None,
    wanted: tuple[str, ...],
) -> Finding:
    """Return what is told of a term, and of a *bad* word for it, if there is one."""
    shown = source.text[mention.start : mention.end]
    rule = " or ".join(map(repr, wanted)) or "another word"
    message = f"{shown!r} ({source.version}) should be {rule} in {target.version}"
    if bad:
        message += f", not {target.text[bad.start : bad.end]!r}"
    places = {
        source.version: ((mention.start, mention.end),),
        target.version: ((bad.start, bad.end),) if bad else (),
    }
    odd = target.version if len(bead.passages) > 2 else None
    evidence = {"term": mention.term, "glossary": list(wanted)}
    return Finding(places, message, 0.9, mention.term, evidence=evidence, odd=odd)


def _rank(glossary: Glossary, passage: Passage) -> int:
    known, base = glossary.languages, base_language(passage.language)
    return known.index(base) if base in known else len(known)
