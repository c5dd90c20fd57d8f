"""Quantifiers: all, most, many, some, few, none."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from ._lexicon import lexicon
from ._registry import BeadView, Finding, check
from ._text import Token, tokens

_CLASSES = ("all", "most", "many", "some", "few")
_NEIGHBOURS = ({"most", "many"}, {"many", "some"}, {"few", "some"})


@check("D404", "quantifier", "major")
def quantifier_changed(bead: BeadView) -> Iterator[Finding]:
    """How many are meant differs: all against some, most against few.

    Not flagged: a quantifier that only one version has, neighbours such as many and most, a
    passage where both sides have several.
    """
    ours = quantifiers(bead.source.text, bead.source.language)
    theirs = quantifiers(bead.target.text, bead.target.language)
    only = [name for name in ours if name not in theirs]
    others = [name for name in theirs if name not in ours]
    if len(only) != 1 or len(others) != 1 or {only[0], others[0]} in _NEIGHBOURS:
        return
    left, right = ours[only[0]], theirs[others[0]]
    if len(left) != len(right):
        return
    yield Finding(
        {
            bead.source.version: ((left[0].start, left[0].end),),
            bead.target.version: ((right[0].start, right[0].end),),
        },
        f"{left[0].text!r} ({bead.source.version}) against {right[0].text!r} ({bead.target.version})",
        0.6,
        evidence={"classes": {bead.source.version: only[0], bead.target.version: others[0]}},
    )


@lru_cache(maxsize=512)
def quantifiers(text: str, language: str) -> dict[str, list[Token]]:
    """Return the quantifiers of *text* by class."""
    known = lexicon(language)
    found: dict[str, list[Token]] = {}
    if known is None:
        return found
    table = _classes(known.language)
    idioms = known.words("quantifier", "not")
    words = tokens(text)
    for i, token in enumerate(words):
        if token.low not in table:
            continue
        before = words[i - 1].low if i else ""
        after = words[i + 1].low if i + 1 < len(words) else ""
        phrase = f"{token.low}-{after}"
        if phrase not in idioms and f"{before}-{token.low}" not in idioms:
            name = table[token.low] or table.get(phrase, "")
            if name:
                found.setdefault(name, []).append(token)
    return found


@lru_cache(maxsize=8)
def _classes(language: str) -> dict[str, str]:
    """Return the class of each quantifier; the first word of ``most-of`` has an empty one."""
    known = lexicon(language)
    table: dict[str, str] = {}
    for name in _CLASSES:
        for word in known.words("quantifier", name) if known else ():
            table[word] = name
            table.setdefault(word.split("-")[0], "")
    return table
