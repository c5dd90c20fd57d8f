"""Words and phrases that stand twice in one version alone."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from ._lexicon import lexicon
from ._registry import BeadView, Finding, Passage, check
from ._text import Token, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_PHRASE = 5
_WINDOW = 14
_TOO_COMMON = frozenset(
    [
        "whether",
        "ville",
        "skulle",
        "kunde",
        "fram",
        "antalet",
        "måste",
        "getting",
        "going",
        "make",
        "made",
        "will",
        "would",
        "could",
    ]
)
_JOINING = frozenset(
    [
        "wenn",
        "dass",
        "ob",
        "als",
        "wie",
        "weil",
        "da",
        "bis",
        "falls",
        "damit",
        "är",
        "var",
        "om",
        "som",
        "att",
        "vad",
        "när",
        "eftersom",
    ]
)
_SENTENCE = re.compile(r"[^.!?]+[.!?]+")
_CHUNK = re.compile(r"\S+")
_OPENING = "\"\u201c\u201e\u00bb\u00ab([\u2018'"
_MARKS = ".,;:!?\"'“”„»«\u2019()[]"


class Repeat(NamedTuple):
    """A repeated stretch: ``kind`` is ``adjacent``, ``joined`` (X and X) or ``distant``."""

    kind: str
    start: int
    end: int
    words: str
    confidence: float


@check("D503", "repetition", "minor")
def repetition(bead: BeadView) -> Iterator[Finding]:
    """A word or phrase is repeated in one version only.

    Not flagged: a repetition that the other version has too, doublings a language allows (``that
    that``, ``sie sie``, ``more and more``, ``nach und nach``), numbers, single letters.
    """
    for passage, other in ((bead.source, bead.target), (bead.target, bead.source)):
        found = repeats(passage.text, passage.language)
        if not found:
            continue
        theirs = repeats(other.text, other.language)
        for one in found:
            if not any(_echoes(one, echo) for echo in theirs):
                yield _finding(one, passage, other)


def _echoes(one: Repeat, other: Repeat) -> bool:
    """Whether the repetition is in the other version as well, so it is meant."""
    return one.kind == other.kind or other.kind != "distant"


def _finding(one: Repeat, passage: Passage, other: Passage) -> Finding:
    places = {passage.version: ((one.start, one.end),), other.version: ()}
    message = f"{one.words!r} is repeated in {passage.version} only"
    return Finding(places, message, one.confidence, one.words, evidence={"words": one.words})


@lru_cache(maxsize=512)
def repeats(text: str, language: str) -> tuple[Repeat, ...]:
    """Return the repetitions of *text*, those that the language allows with little confidence."""
    known = lexicon(language)
    allowed = known.words("repetition", "allowed") if known else frozenset()
    conjunctions = known.words("repetition", "conjunctions") if known else frozenset()
    idioms = known.words("repetition", "conj") if known else frozenset()
    function = known.words("function") if known else frozenset()
    items = tokens(text)
    found = [*_adjacent(text, allowed), *_sentences(text)]
    taken = {place for one in found for place in range(one.start, one.end)}
    for i, token in enumerate(items):
        if token.low not in conjunctions or not 0 < i < len(items) - 1:
            continue
        after = items[i + 1]
        if not after.is_word or "." in after.low or len(after.low) < 3 or after.start in taken:
            continue
        if items[i - 1].low == after.low:
            if after.low in idioms or after.low.endswith(("er", "are", "re")):
                continue
            found.append(_repeat("joined", items[i - 1], after, text, 0.9))
        elif after.low not in function and after.low not in idioms:
            earlier = items[max(0, i - _WINDOW) : i - 1]
            if after.low in _TOO_COMMON or (after.text[0].isupper() and language[:2] != "de"):
                continue
            if any(t.low == after.low for t in earlier):
                found.append(_repeat("distant", after, after, text, 0.45))
    return tuple(found)


def _adjacent(text: str, allowed: frozenset[str]) -> Iterator[Repeat]:
    """Yield phrases said twice in a row, none inside another; marks within end a phrase."""
    chunks = [(_bare(m.group()), m) for m in _CHUNK.finditer(text)]
    seen: dict[str, int] = {}
    last_end = -1
    for i, (word, _) in enumerate(chunks):
        start = seen.get(word, -1)
        seen[word] = i
        size = i - start
        if start < last_end or start < 0 or size > LONGEST_PHRASE or not _is_speech(word, size):
            continue
        phrase = [word for word, _ in chunks[start:i]]
        if chunks[i][1].group()[0] in _OPENING:
            continue
        if phrase != [word for word, _ in chunks[i : i + size]] or _is_broken(chunks[start:i]):
            continue
        last_end = i + size
        begin, end = chunks[start][1].start(), chunks[last_end - 1][1].end()
        end -= len(text[begin:end]) - len(text[begin:end].rstrip(_MARKS))
        before = text[: chunks[start][1].start()].split()[-1:]
        lone = size == 1 and word in allowed and _is_grammar(word, before)
        confidence = 0.28 if lone else 0.96
        yield Repeat("adjacent", begin, end, text[begin:end], confidence)


def _bare(chunk: str) -> str:
    """Return a chunk as compared: ``old`` of ``two-year-old``, ``she`` of ``she's``."""
    word = chunk.strip(_MARKS).lower()
    head = word.split("\u2019")[0].split("'")[0]
    tail = head.rsplit("-", 1)[-1]
    return tail if tail.isalpha() else word


def _sentences(text: str) -> Iterator[Repeat]:
    """Yield sentences that stand twice in a row."""
    last = None
    for match in _SENTENCE.finditer(text):
        if last and match.group().strip() == last.group().strip() and " " in match.group().strip():
            yield Repeat("adjacent", last.start(), match.end(), match.group().strip(), 0.95)
        last = match


def _is_grammar(word: str, before: list[str]) -> bool:
    """Whether a doubling that the language allows stands where it does.

    German ``die die`` follows a comma, ``sie sie`` and Swedish ``det det`` a joining word.
    """
    last = before[0].lower() if before else ""
    if word in ("die", "der", "das"):
        return last.endswith(",")
    if word in ("sie", "det", "den", "de"):
        return last in _JOINING
    return word != "is" or last in ("it", "this", "that")


def _is_speech(word: str, size: int) -> bool:
    """Whether a repeated chunk is more than a mark, an initial or a figure of a table."""
    if size > 1:
        return word[:1].isalpha()
    return word.isalpha() or (len(word) > 1 and any(c.isalnum() for c in word))


def _is_broken(phrase: list[tuple[str, re.Match[str]]]) -> bool:
    return any(match.group()[-1] in ",;:.!?" for _, match in phrase)


def _repeat(kind: str, first: Token, last: Token, text: str, confidence: float) -> Repeat:
    return Repeat(kind, first.start, last.end, text[first.start : last.end], confidence)
