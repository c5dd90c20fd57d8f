"""Where sentences end: Punkt's decision, reduced to the periods that need one.

A mark followed by white space may end a sentence. What stands before it (a word, an abbreviation,
an initial, a number) and the word after it decide. Kiss and Strunk's orthographic statistics are
asked only about abbreviations, initials and ordinals before a capital letter.
"""

# ruff: noqa: RUF001  (quotation marks, dashes and full stops of many scripts are the subject here)

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from aligner._segment._abbreviations import ABBREVIATIONS, abbreviations
from aligner._segment._beginnings import is_beginning, learned_abbreviations, starters
from aligner._tags import base_language
from aligner._visible import NOTE

_OPENING = "\"'„“”‚‘’«»‹›([{¿¡–—*_-"
_MARKS = ".!?…‼⁇⁈⁉؟।॥۔።։"
_CANDIDATE = re.compile(
    rf"""
    (?<![{_MARKS}]) (?P<mark>[{_MARKS}]++)
    (?P<close>(?:["'’”“‘»«›‹)\]}}*_]|{NOTE})*+(?:[ \u00a0\u202f][»"”](?=\s|\Z))?+)
    (?=\s|\Z)
    | (?P<wide>[。！？．｡]++["'’”」』）】》〉)]*+)
    """,
    re.VERBOSE,
)
_NEXT = re.compile(
    rf"(?P<gap>\s*+)(?P<open>(?:[{re.escape(_OPENING)}]\s*+)*+)(?P<word>\w[\w’'-]*+|\S)?"
)
_ROMAN = re.compile(r"[IVXLC]{2,}\Z")
_DAY = re.compile(r"\d{1,2}\.\Z")
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,2})?\Z")
_SECTION = re.compile(r"(?:[A-Z]|\d{1,3})(?:\.\d{1,3})+\Z")
_DOTTED = re.compile(r"[^\W\d_]{1,3}(?:\.[^\W\d_]{1,3})+\Z")
_FIRST = "1"
_MONTH = re.compile(r"jan|feb|m[aä]r|apr|ma[ijy]|jun|jul|aug|sep|o[ck]t|nov|de[czs]", re.IGNORECASE)
_LETTER = re.compile(r"\w")
_ATTRIBUTION = re.compile(
    r"(?:\s+[A-Z][\w’'-]+){0,3}\s+(?:said|asked|says|cried|shouted|replied|exclaimed|wondered|told)\b"
)
_VOWELS = frozenset("aeiouyåäöüæøéèêëàâáíìîïóòôõúùûýœ")
_SHORTEST_WORDS = {"sv": "iåö"}  # ``huset som hon bor i.``
_UNITS = re.compile(r"[mckd]?m|[mkh]?g|[mcd]?l|[kMG]?Hz|[kMGT]B|dB|[skt]|[kM]?[VW]|Nm")


_REACH = 60  # characters before a full stop that are looked at


class _Stop(NamedTuple):
    """What stands around a full stop.

    Attributes:
        before: the words before it in the sentence, as far as `_REACH`.
        word: the last of these, without marks that open something.
        following: the word behind it.
        beyond: the character behind that word.
    """

    before: list[str]
    word: str
    following: str
    beyond: str


class Splitter:
    """Cuts text of one language into sentences."""

    def __init__(self, language: str) -> None:
        self.language = base_language(language)
        self._lists = abbreviations(self.language)

    def spans(self, text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
        """Return the sentences in ``text[start:end]``, without the white space around them.

        Signs alone behind the last one, such as the arrow back from a note, belong to it.
        """
        end = len(text) if end is None else end
        found = []
        begin = start
        while begin < end and text[begin].isspace():
            begin += 1
        for match in _CANDIDATE.finditer(text, begin, end):
            after = _NEXT.match(text, match.end(), end)
            if after is None or after.end("gap") == end:
                break
            if self._ends(text, begin, match, after):
                found.append((begin, match.end()))
                begin = after.end("gap")
        while end > begin and text[end - 1].isspace():
            end -= 1
        if found and not any(map(str.isalnum, text[begin:end])):
            begin = found.pop()[0]
        if end > begin:
            found.append((begin, end))
        return found

    def _ends(self, text: str, begin: int, match: re.Match[str], after: re.Match[str]) -> bool:
        """Whether a sentence that begins at *begin* ends with the mark of *match*.

        Args:
            after: what stands behind the mark.
        """
        mark, following = match["mark"], after["word"] or ""
        beyond = text[after.end() : after.end() + 1]
        position = match.start()
        if position - begin < 8 and not _LETTER.search(text, begin, position):
            return False
        if mark is None:
            return True
        if following[:1].islower():
            camel = following[1:2].isupper()
            listed = len(following) == 1 and not after["open"] and beyond == ")"
            if not camel and not listed:
                return False
        if mark == ".":
            before = text[max(begin, position - _REACH) : position].split()
            word = before[-1].lstrip(_OPENING) if before else ""
            return not word or self._stop_ends(_Stop(before, word, following, beyond))
        close = match["close"]
        if close[:1] in (")", "]") and text[position - 1] in "([":
            return False
        if self.language == "en" and close and ("!" in mark or "?" in mark):
            return not _ATTRIBUTION.match(text, after.end())
        return True

    def _stop_ends(self, stop: _Stop) -> bool:
        """Whether a sentence ends with a full stop behind a word; not behind its own number."""
        if len(stop.before) == 1 and _SECTION.match(stop.word):
            return False
        if stop.word[0].isdigit() or _ROMAN.match(stop.word):
            return self._number_ends(stop)
        if len(stop.word) == 1 and not _joined(stop.before):
            return self._initial_ends(stop)
        return self._word_ends(stop)

    def _word_ends(self, stop: _Stop) -> bool:
        lists, word, following = self._lists, stop.word, stop.following
        lower = word.lower()
        forms = _forms(stop.before, lower)
        if any(form in lists.number for form in forms) and _is_number(following, lower):
            return False
        if _is_acronym(word) and not _is_acronym(following):
            return True
        if any(form in lists.inside for form in forms):
            return False
        if any(form in lists.closing for form in forms):
            return following[:1].isupper()
        if any(form in lists.final for form in forms) or self._looks_short(word, lower):
            if following[:1].isdigit():
                return False
            if "." in word and word.isupper():
                return following.lower() in starters(self.language)
            return self._begins(following)
        return len(word) > 1 or self._initial_ends(stop)

    def _looks_short(self, word: str, lower: str) -> bool:
        """Whether a word is an abbreviation by its looks: ``z.B.``, ``bzw.``."""
        if _DOTTED.match(word):
            return True
        if self.language not in ABBREVIATIONS and lower in learned_abbreviations(self.language):
            return True
        return (
            2 <= len(word) <= 4
            and word.isalpha()
            and word.isascii()
            and not word.isupper()
            and not _UNITS.fullmatch(word)
            and _VOWELS.isdisjoint(lower)
        )

    def _initial_ends(self, stop: _Stop) -> bool:
        word, before, following = stop.word, stop.before, stop.following
        if not word.isalpha():
            return True
        if word.lower() in self._lists.number and _is_number(following, word.lower()):
            return False
        if word.islower():
            if len(before) > 1 and word in _SHORTEST_WORDS.get(self.language, ""):
                return self._begins(following)
            return len(before) > 1 and before[-2][-1].isdigit() and bool(_UNITS.fullmatch(word))
        if len(before) == 1:
            return False
        if before[-2].lower() in self._lists.cardinal:
            return True
        if before[-2][:1].isupper() or before[-2].endswith("."):
            return following.lower() in starters(self.language)
        return self._begins(following)

    def _number_ends(self, stop: _Stop) -> bool:
        word, before, following = stop.word, stop.before, stop.following
        if len(before) == 1 and len(word) <= 4:
            return False
        if word == _FIRST and before[-2].endswith(":"):  # of a list in running text
            return False
        if self.language == "und" and len(word) <= 2 and _MONTH.match(following):
            return False
        if not self._lists.ordinals or not (_NUMBER.match(word) or _ROMAN.match(word)):
            return True
        if following[:1].isdigit():
            if len(following) == 4:
                return not ("." in word or (len(before) > 1 and _DAY.match(before[-2])))
            return len(following) > 2 or stop.beyond != "."
        if self._is_cardinal(before):
            return True
        return not following[:1].isalpha() or self._begins(following)

    def _is_cardinal(self, before: list[str]) -> bool:
        previous = before[-2].lstrip(_OPENING).lower() if len(before) > 1 else ""
        if previous.endswith("."):
            form = previous[:-1]
            return form in self._lists.number or form in self._lists.inside
        return previous in self._lists.cardinal

    def _begins(self, word: str) -> bool:
        """Whether a word has its capital from the beginning of a sentence, not as a name."""
        if _is_acronym(word):
            return word.lower() in starters(self.language)
        return word[:1].isupper() and is_beginning(word, self.language)


def _forms(before: list[str], lower: str) -> list[str]:
    """Return the ways to look the word up: with what precedes it, alone, and its last part."""
    tail = re.split(r"[-/(]", lower)[-1]
    if lower.endswith("str"):
        tail = "str"
    return [*_joined(before), lower, tail]


def _joined(before: list[str]) -> list[str]:
    """Return ``z.b`` for ``z. B``: the last word with the short abbreviations just before it."""
    forms: list[str] = []
    form = before[-1].lstrip(_OPENING).lower()
    for previous in reversed(before[-4:-1]):
        if not previous.endswith(".") or len(previous) > 5:
            break
        form = f"{previous.lstrip(_OPENING).lower()}{form}"
        forms.insert(0, form)
    return forms


def _is_acronym(word: str) -> bool:
    return len(word) > 1 and word.isalpha() and word.isupper()


def _is_number(word: str, abbreviation: str) -> bool:
    if word[:1].isdigit() or word[:1] in ("§", "°"):
        return True
    return abbreviation != "no" and bool(re.fullmatch(r"[IVXLC]{2,}|[B-HJ-Z]", word))


@cache
def splitter(language: str) -> Splitter:
    """Return the splitter of *language*; unknown languages get what most languages share."""
    return Splitter(language)
