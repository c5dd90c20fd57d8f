"""What a text says twice: words and phrases in a row, beside a conjunction, whole sentences."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from aligner._tags import base_language
from aligner.checks._lexicon import function_words, listed
from aligner.checks._numerals import is_numeral
from aligner.checks._text import Known, Token, at, marked, tokens, vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

Kind = Literal["adjacent", "joined", "distant"]
_LONGEST_PHRASE, _COUPLE = 5, 2  # words
_WINDOW = 14  # tokens before a conjunction
_SHORT, _LONGEST_COMPARATIVE = 3, 9  # letters
_SPOKEN = 3  # spaces of a sentence that nobody says twice by intent
_STOP = re.compile(r"[.!?]+")
_OWNER = re.compile(r"['\u2019]s\Z")
_CHUNK = re.compile(r"\S+")
_GOES_ON = re.compile(r"\d|[+#*-]|['\u2019]s\b")  # ``IPv4 and IPv6``, ``C and C++``
_OR_NOT = re.compile(r"(?:or|oder|eller) \w+ (?:not|nicht|inte|ej)\b", re.IGNORECASE)
_OPENING = "\"\u201c\u201e\u00bb\u00ab([\u2018'"
_CLOSING = '"\u201c\u201d\u00bb\u00ab'
_ENDS = ".,;:!?"
_MARKS = ".,;:!?\"'“”„»«\u2019()[]"


class Repeat(NamedTuple):
    """A stretch that stands twice: at once, ``joined`` (X and X) or at a distance."""

    kind: Kind
    start: int
    end: int
    words: str
    confidence: float


@lru_cache(maxsize=512)
def repeats(text: str, language: str) -> tuple[Repeat, ...]:
    """Return the repetitions of *text*, those that the language allows with little confidence."""
    found = [*_adjacent(text, language), *_sentences(text)]
    conjunctions = listed(language, "repetition", "conjunctions")
    if conjunctions.isdisjoint(vocabulary(text)):
        return tuple(found)
    taken = {place for one in found for place in range(one.start, one.end)}
    items = tokens(text)
    for i in marked(items, conjunctions.__contains__):
        if not 0 < i < len(items) - 1:
            continue
        after = items[i + 1]
        if not after.is_word or "." in after.low or len(after.low) < 2 or after.start in taken:
            continue
        if _GOES_ON.match(text, after.end) or _OR_NOT.match(text, items[i].start):
            continue
        if items[i - 1].low == after.low:
            if not _is_idiom(after, language):
                found.append(_repeat("joined", items[i - 1], after, text, 0.9))
        elif _is_distant(items, i, language):
            found.append(_repeat("distant", after, after, text, 0.45))
    return tuple(found)


def _is_idiom(word: Token, language: str) -> bool:
    """Whether ``X and X`` is a way of speaking, or two clauses meet: ``faster and faster``."""
    noun = base_language(language) == "de" and word.text[0].isupper()
    return not noun and _is_way_of_speaking(word.low, language)


def _is_way_of_speaking(low: str, language: str) -> bool:
    if low in listed(language, "repetition", "conj") | listed(language, "repetition", "meeting"):
        return True
    endings = {"en": ("er",), "de": ("er",)}.get(base_language(language), ("are", "re"))
    return low.endswith(endings) and len(low) <= _LONGEST_COMPARATIVE


def _is_distant(items: tuple[Token, ...], place: int, language: str) -> bool:
    """Whether the word after a conjunction stood shortly before, in another place of speech.

    ``Oil and gas extraction, oil and gas services`` has both in the same place, and so have ``disk
    space and disk capacity``.
    """
    after = items[place + 1]
    if len(after.low) < _SHORT or not after.low.isalpha() or after.low in _taken_up(language):
        return False
    if is_numeral(after.low, language):
        return False
    if after.text[0].isupper() and (
        base_language(language) != "de" or _begins_name(items, place + 1)
    ):
        return False
    first = max(0, place - _WINDOW)
    earlier = [k for k in range(first, place - 1) if items[k].low == after.low]
    if not earlier or (earlier[-1] == place - 2 and _are_heads(items, place, language)):
        return False
    return all(k == 0 or items[k - 1].low != items[place].low for k in earlier)


def _are_heads(items: tuple[Token, ...], place: int, language: str) -> bool:
    """Whether content words stand before a conjunction and two words after it."""
    return all(
        token.low.isalpha() and token.low not in function_words(language)
        for token in (items[place - 1], at(items, place + 2))
    )


@lru_cache(maxsize=8)
def _taken_up(language: str) -> frozenset[str]:
    """Return words that a list takes up with each member: ``every hand and every eye``."""
    lists = [listed(language, "repetition", key) for key in ("conj", "common")]
    lists.append(listed(language, "question"))
    quantifiers = [listed(language, "quantifier", key) for key in ("all", "some", "many", "none")]
    modals = [listed(language, "modality", key) for key in ("must", "may", "will", "should")]
    return function_words(language).union(*lists, *quantifiers, *modals)


def _begins_name(items: tuple[Token, ...], place: int) -> bool:
    """Whether two words with capitals follow each other."""
    return place + 1 < len(items) and items[place + 1].text[0].isupper()


def _adjacent(text: str, language: str) -> Iterator[Repeat]:
    """Yield phrases said twice in a row, none inside another; marks within end a phrase."""
    chunks = text.split()
    bare = list(map(_BARE.__getitem__, chunks))
    if len(set(bare)) == len(bare):
        return
    seen: dict[str, int] = {}
    last_end = -1
    for i, word in enumerate(bare):
        start = seen.get(word, -1)
        seen[word] = i
        size = i - start
        if start < last_end or start < 0 or size > _LONGEST_PHRASE or not _is_speech(word, size):
            continue
        if bare[start:i] != bare[i : i + size] or chunks[i][0] in _OPENING:
            continue
        if (
            _is_broken(chunks[start:i])
            or _is_owner(chunks[start:i], chunks[i])
            or _is_initial(chunks[i])
            or _is_tied(chunks, start, i)
        ):
            continue
        if not _is_pair_of_idioms(bare[start:i], language):
            last_end = i + size
            yield _said_twice(text, language, start, i)


def _is_initial(chunk: str) -> bool:
    """Whether a chunk is a letter of a name: ``E E Cummings``."""
    return len(chunk.strip(_MARKS)) == 1 and chunk[0].isupper() and chunk[0] != "I"


def _is_owner(phrase: list[str], chunk: str) -> bool:
    """Whether a word is whose the next is, and not said twice: ``the club's Club Days``."""
    return len(phrase) == 1 and bool(_OWNER.search(phrase[0])) and not _OWNER.search(chunk)


def _is_tied(chunks: list[str], first: int, second: int) -> bool:
    """Whether a chunk is tied to others: ``the friend-of-the court``, ``(i) i all delar``."""
    one, other = (chunks[k].strip(_ENDS) for k in (first, second))
    return one != other and ("-" in other or (")" in one and ")" not in other))


def _is_pair_of_idioms(phrase: list[str], language: str) -> bool:
    """Whether a phrase is a word and a conjunction: ``louder and louder and``."""
    conjunctions = listed(language, "repetition", "conjunctions")
    return len(phrase) == _COUPLE and any(
        word in conjunctions and _is_way_of_speaking(other, language)
        for word, other in (phrase, phrase[::-1])
    )


def _said_twice(text: str, language: str, first: int, second: int) -> Repeat:
    """Return the repeat of the chunks ``first .. second - 1`` that follows them at once."""
    chunks, size = list(_CHUNK.finditer(text)), second - first
    begin, end = chunks[first].start(), chunks[second + size - 1].end()
    begin, end = (
        end - len(text[begin:end].lstrip(_MARKS)),
        begin + len(text[begin:end].rstrip(_MARKS)),
    )
    word, before = _bare(chunks[second].group()), text[:begin].lower().split()
    lone = size == 1 and word in listed(language, "repetition", "allowed")
    lone = lone and (
        _is_grammar(word, before, language) or _is_address(chunks[first], chunks[second])
    )
    return Repeat("adjacent", begin, end, text[begin:end], 0.28 if lone else 0.96)


def _bare(chunk: str) -> str:
    """Return a chunk as compared: ``old`` of ``two-year-old``, ``she`` of ``she's``."""
    written = chunk.strip(_MARKS)
    head = written.split("\u2019")[0].split("'")[0]
    tail = head if written[:1].isupper() else head.rsplit("-", 1)[-1]
    return (tail if tail.isalpha() else written).lower()


_BARE = Known(_bare)


def _sentences(text: str) -> Iterator[Repeat]:
    """Yield sentences that stand twice in a row; short ones may be meant (``Thank you.``)."""
    last, begin, at = "", 0, 0
    for match in _STOP.finditer(text):
        said = text[at : match.end()].strip()
        if said and said == last:
            confidence = 0.95 if said.count(" ") >= _SPOKEN else 0.3
            yield Repeat("adjacent", begin, match.end(), said, confidence)
        last, begin, at = said, match.end() - len(text[at : match.end()].lstrip()), match.end()


def _is_grammar(word: str, before: list[str], language: str) -> bool:
    """Whether a doubling that the language allows stands where it does.

    German ``die die`` follows a comma or ``, für``, ``sie sie`` and Swedish ``det det`` a joining
    word, English ``is is`` ends a clause with ``what``.
    """
    last = before[-1] if before else ""
    if word in ("die", "der", "das"):
        if last in listed(language, "repetition", "prepositions"):
            last = before[-2] if len(before) > 1 else ""
        return last.endswith(",")
    if word in ("sie", "det", "den", "de"):
        return last in listed(language, "repetition", "joining")
    return word != "is" or any(b in listed(language, "question") for b in before)


def _is_address(first: re.Match[str], second: re.Match[str]) -> bool:
    """Whether it is the German ``Sie sie`` or ``sie Sie``: you and she."""
    return first.group()[0].isupper() != second.group()[0].isupper() and first.start() > 0


def _is_speech(word: str, size: int) -> bool:
    """Whether a repeated chunk is more than a mark, an initial or a figure of a table."""
    if size > 1:
        return word[:1].isalpha()
    return word.isalpha() or (len(word) > 1 and any(c.isalnum() for c in word))


def _is_broken(phrase: list[str]) -> bool:
    return any(chunk[-1] in _ENDS + _CLOSING for chunk in phrase)


def _repeat(kind: Kind, first: Token, last: Token, text: str, confidence: float) -> Repeat:
    return Repeat(kind, first.start, last.end, text[first.start : last.end], confidence)
