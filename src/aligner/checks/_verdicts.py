"""What the words of a passage that no other covers amount to, and which of it is told."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from aligner._visible import unnumbered
from aligner.checks._acronyms import is_short_for
from aligner.checks._counted import is_counted, is_halved
from aligner.checks._initials import acronym_like
from aligner.checks._institutions import is_called
from aligner.checks._lexicon import content_words, function_words
from aligner.checks._markup import markup
from aligner.checks._place import meet
from aligner.checks._sentences import segments
from aligner.checks._text import tokens, whole_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from aligner.checks._place import Place
    from aligner.checks._values import Passage

_MARKS = " .!?:;,-\u2013\u2022"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Words that one version lacks or has alone, or says otherwise.

    Attributes:
        odd: the version at fault where three can vote, else ``None``.
        lacking: versions that have no such words.
        words: as written, by version.
        whole: whether hardly anything of the passages corresponds.
    """

    kind: Literal["omission", "addition", "meaning"]
    confidence: float
    places: Mapping[str, tuple[Place, ...]]
    words: Mapping[str, str]
    odd: str | None = None
    lacking: tuple[str, ...] = field(default=())
    count: int = 1
    whole: bool = False

    @property
    def lacked_by(self) -> tuple[str, ...]:
        """The versions in which the words may stand elsewhere."""
        return (self.odd,) if self.odd and self.kind == "omission" else self.lacking


def trimmed(passage: Passage, place: Place) -> Place:
    """Return the place of a phrase without function words that begin what comes next.

    They stay at the end of a clause: ``carried out.`` but ``in the hall`` of ``in the hall on``.
    """
    start, end = place
    words = tokens(passage.text[start:end])
    function = function_words(passage.language)
    if passage.text[end : end + 1].isspace():
        while len(words) > 1 and words[-1].low in function:
            words = words[:-1]
    return start, start + words[-1].end


def has_content(one: Verdict, passages: Mapping[str, Passage]) -> bool:
    """Whether a version shows more than function words, which languages have or do without.

    Placeholders and tags have a check of their own; so have acronyms, which languages gloss as they
    like. The number that a passage begins with says where it stands: some files number lists by
    themselves. What the second of two versions has alone in a sentence must be two words and more:
    translators add many a word that says nothing new.
    """
    if all(acronym_like(text) or unnumbered([f"{text} x"]) == ["x"] for text in one.words.values()):
        return False
    added = one.kind == "addition" and len(passages) == 2
    return any(
        _content(text, passages[version].language)
        > (added and not _is_sentence(one.places[version], passages[version]))
        for version, text in one.words.items()
    )


def _is_sentence(places: Sequence[Place], passage: Passage) -> bool:
    """Whether a place holds a whole segment of a passage of several."""
    found = segments(passage)
    return len(found) > 1 and any(
        passage.text[first:last].strip(_MARKS) in passage.text[start:end]
        for start, end in places
        for first, last in found
    )


def _content(text: str, language: str) -> int:
    """Return how many words and figures of *text* carry content."""
    marks = markup(text)
    said = [t for t in tokens(text) if not any(start <= t.start < end for start, end in marks)]
    figures = [token for token in said if token.text[0].isalnum() and not token.is_word]
    return len(content_words(said, language)) + len(figures)


def is_said(one: Verdict, passages: Mapping[str, Passage]) -> bool:
    """Whether what a version lacks stands there shortened, spelled out, in figures, by its name."""
    version = next(v for v in one.words if v != one.odd or len(one.words) < 2)
    where = one.places[version]
    place = (where[0][0], where[-1][1])
    others = [v for v in one.words if v != version] if one.kind == "meaning" else one.lacked_by
    ours = passages[version]
    return any(
        says(ours, place, passages[other])
        for other in others
        for says in (is_short_for, is_called, is_counted, is_halved)
    )


def apart(verdicts: Sequence[Verdict]) -> tuple[Verdict, ...]:
    """Keep the surer of two verdicts on the same words."""
    kept: list[Verdict] = []
    for one in sorted(verdicts, key=lambda verdict: -verdict.confidence):
        if not any(_overlap(one, other) for other in kept):
            kept.append(one)
    return tuple(kept)


def in_whole_words(one: Verdict, row: Iterable[Passage]) -> Verdict:
    """Return a verdict with all of each word of which it has a part, as in ``Don't``."""
    texts = {passage.version: passage.text for passage in row}
    places = {
        version: tuple(whole_words(texts[version], place) for place in where)
        for version, where in one.places.items()
    }
    words = {v: texts[v][places[v][0][0] : places[v][-1][1]] for v in one.words}
    return replace(one, places=places, words=words)


def is_part(one: Verdict, remark: Verdict) -> bool:
    """Whether the words of a verdict stand inside a remark, which is shown with its brackets."""
    return all(
        any(first <= start and end <= last for first, last in remark.places[version])
        for version, where in one.places.items()
        for start, end in where
    )


def _overlap(one: Verdict, other: Verdict) -> bool:
    return any(
        meet(a, b)
        for version, where in one.places.items()
        for a in where
        for b in other.places[version]
    )
