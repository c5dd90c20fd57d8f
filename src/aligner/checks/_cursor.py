"""A cursor over the tokens of a passage that knows what stands around a number."""

from __future__ import annotations

import re

from aligner._tags import base_language
from aligner.checks._lexicon import lexicon, listed
from aligner.checks._quantity import NO_UNIT, Unit
from aligner.checks._text import Token, tokens

DASHES = frozenset("-\u2013\u2014\u2012\u2011/")
ORDINAL_SUFFIXES = frozenset({"st", "nd", "rd", "th", "e", "a", "er"})
_SYMBOLS = {"s": "second", "min": "minute", "h": "hour"}
_SHORTEST_MONTH = 5  # letters of one that needs no number beside it
_BEFORE_TIMES = frozenset({"at", "until", "till"})
_MODEL = re.compile(r"-\d{1,2}(?![\d-])")
_CLOCK = re.compile(r"1?\d[.:][0-5]\d")
_DUSK = 6  # o'clock
_MERIDIEM = re.compile(r"[ \u00a0\u202f]*(?:([ap])\.?\s?m\b|([ef])\.?\s?m\b)")


class Cursor:
    """The place in a text; ``low(1)`` is the next token, ``low(-1)`` the one before."""

    def __init__(self, text: str, language: str) -> None:
        self.text = text
        self.language = base_language(language)
        self.tokens = tokens(text)
        self.words = lexicon(language)
        self.at = 0

    def peek(self, ahead: int = 1) -> Token | None:
        """Return a token near by."""
        place = self.at + ahead
        return self.tokens[place] if 0 <= place < len(self.tokens) else None

    def low(self, ahead: int) -> str:
        """Return a token near by in small letters, nothing beyond the ends."""
        token = self.peek(ahead)
        return token.low if token else ""

    def stands(self, ahead: int, section: str, *keys: str) -> bool:
        """Whether a token near by is a word of some lines of a section."""
        low = self.low(ahead)
        return any(low in listed(self.language, section, key) for key in keys)

    def suffix(self, end: int) -> str:
        """Return the letters that stick to a number: ``s``, ``th``, ``talet`` of ``-talet``."""
        token = self.peek()
        if token and token.start == end and token.text in "-\u2011\u2019'":
            token = self.peek(2)
            return token.low if token and token.start == end + 1 else ""
        if token and token.start == end and token.text == ":":
            token = self.peek(2)
            known = token and (token.low in ORDINAL_SUFFIXES or token.low.startswith("orna"))
            return token.low if token and known else ""
        return token.low if token and token.start == end and token.text[0].isalpha() else ""

    def is_tied(self, ahead: int) -> bool:
        """Whether a token near by is the beginning of a longer word: ``MD5``, ``MD-enhet``."""
        token = self.peek(ahead)
        beyond = self.text[token.end : token.end + 2] if token else ""
        return beyond[:1].isalnum() or (beyond[:1] in DASHES and beyond[1:].isalpha())

    def is_century(self, after: int) -> bool:
        if self.words is None:
            return False
        known = self.words.words("century")
        return any(self.low(k) in known for k in (after, after + 1, after + 2))

    def storeys(self, value: float, after: int) -> tuple[float, ...]:
        """Return what an ordinal may count: the Swedish second storey is the first floor."""
        if self.words is None or self.low(after) not in self.words.words("storey"):
            return (value,)
        ground = self.words.data["storey"]["ground"]
        return (value, value - ground) if ground else (value,)

    def is_clock(self, after: int) -> bool:
        if self.words is None:
            return False
        return self.near_clock_word(after) or self.meridiem(after) != ""

    def meridiem(self, after: int) -> str:
        """Return ``am``, ``pm`` or ``night`` if one of the next words says so."""
        if self.words is None:
            return ""
        end = self.tokens[self.at].end
        first = _MERIDIEM.match(self.text[end : end + 12].lower())
        if first and (self.language == "en") != bool(first.group(1)):
            first = None
        if first:
            return "pm" if first.group(1) == "p" or first.group(2) == "e" else "am"
        clock = ":" in self.tokens[self.at].text or self.near_clock_word(after)
        if not (clock or self._is_part_of_day(after)):
            return ""
        halves = {"pm": ("pm", "late"), "am": ("am",), "night": ("night",)}
        for low in (self.low(ahead) for ahead in range(after, after + 5)):
            for half, keys in halves.items():
                if any(low in self.words.words("clock", key) for key in keys):
                    return half
        return ""

    def _is_part_of_day(self, after: int) -> bool:
        """Whether ``in the evening`` or ``abends`` stands behind the number."""
        assert self.words is not None
        ahead = [self.low(after + k) for k in range(3)]
        phrases = {"-".join(ahead[:size]) for size in (1, 2, 3)}
        return not self.words.words("clock", "parts").isdisjoint(phrases)

    def half_day(
        self, values: tuple[float, ...], role: str, after: int
    ) -> tuple[tuple[float, ...], str]:
        """Return an hour as the part of the day says that follows, and that it is a time."""
        value = values[0]
        if role in ("ordinal", "decade", "century") or not 0 <= value < 13 or len(values) > 1:
            return values, role
        half = self.meridiem(after)
        if half == "night":
            half = "pm" if _DUSK <= value < 12 else "am"
        if half == "pm":
            late = value + 12 if value < 12 else value
            return (round(late, 2),), "time"
        if half == "am":
            return ((value, round(value - 12, 2)) if value >= 12 else (value,)), "time"
        if 1 <= value < 12 and self._is_either_half():
            return (value, round(value + 12, 2)), role
        return values, role

    def _is_either_half(self) -> bool:
        """Whether an English time stands without a half of the day: ``at 6.40``, ``6 o'clock``."""
        if self.language != "en" or self.words is None:
            return False
        if self.low(1) in self.words.words("clock", "mark"):
            return True
        clock = _CLOCK.fullmatch(self.tokens[self.at].text)
        return clock is not None and self.low(-1) in _BEFORE_TIMES

    def near_clock_word(self, after: int) -> bool:
        """Whether ``Uhr`` or the like stands behind the number or before it (``kl. 23``)."""
        if self.words is None:
            return False
        near = (self.low(after), self.low(-1), self.low(-2) if self.low(-1) == "." else "")
        return not self.words.words("clock", "mark").isdisjoint(near)

    def near_month(self) -> bool:
        """Whether a month name stands beside the number."""
        if self.words is None:
            return False
        months = self.words.numbers("months")
        near = (self.peek(k) for k in (-2, -1, 1, 2))
        return any(t and t.low in months and not self._is_model(t) for t in near)

    def _is_model(self, token: Token) -> bool:
        """Whether capitals and a number are the name of a machine: ``DEC-10``, no ``9-DEC-10``."""
        if not (token.text.isupper() and _MODEL.match(self.text, token.end)):
            return False
        return self.text[token.start - 1 : token.start] not in DASHES

    def unit_at(self, place: int) -> Unit:
        """Return the unit that one of the next tokens names, from the one at *place* on."""
        if self.words is None:
            return NO_UNIT
        units = self.words.stems("units")
        for ahead in (place, place + 1, place + 2):
            low = self.low(ahead)
            found = units.get(low) if low and (low[0].isalpha() or low in "%$€£") else ""
            if phrase := units.exact.get(f"{low}-{self.low(ahead + 1)}"):
                return self._named(phrase, ahead, ahead + 1)
            last = ahead
            if low == "°":
                scale = self.low(ahead + 1)
                last = ahead + bool(scale and f"°{scale}" in units.exact)
                found = units.exact.get(f"°{scale}" if last > ahead else "°", "")
            if found:
                return self._named(found + self._per(ahead + 1), ahead, last)
            if low and not low[0].isalpha() and low not in DASHES:
                return NO_UNIT
        return NO_UNIT

    def _named(self, unit: str, first: int, last: int) -> Unit:
        start, end = self.tokens[self.at + first].start, self.tokens[self.at + last].end
        return Unit(unit, (start, end))

    def _per(self, place: int) -> str:
        """Return ``/hour`` where a unit is counted by another (``km/h``, ``miles per hour``)."""
        assert self.words is not None
        if self.low(place) not in ("/", "per", "pro", "i", "an"):
            return ""
        low = self.low(place + 1)
        unit = _SYMBOLS.get(low) or self.words.stems("units").get(low)
        return f"/{unit}" if unit in ("second", "minute", "hour") else ""

    def is_other(self) -> bool:
        """Whether it is no ordinal: Swedish ``de andra``, ``andra länder``, ``näst intill``."""
        if not self.stands(0, "homographs", "ordinals") or self.stands(1, "rank", "words"):
            return False
        if self.stands(0, "homographs", "ranks"):
            return True
        plurals = tuple(listed(self.language, "homographs", "plurals"))
        return self.stands(-1, "homographs", "others") or self.low(1).endswith(plurals)

    def is_month(self, token: Token) -> bool:
        """Whether the name of a month is one here: a short one needs a number or a point beside it.

        Swedish ``mars`` is a planet with a capital, and English ``may`` and ``march`` are months
        only in the company of a date.
        """
        before, after = self.low(-1), self.low(1)
        numbered = before[:1].isdecimal() or after[:1].isdecimal()
        if self._is_month(token, "small") and token.text[0].isupper() and token.start:
            return False
        if self._is_month(token, "verbs"):
            dated = numbered or self.stands(-1, "month", "before")
            return dated and token.text[0].isupper()
        short = len(token.low) < _SHORTEST_MONTH and not self._is_month(token, "whole")
        pointed = before == "." or (after == "." and self.peek(2) is not None)
        return numbered or not short or pointed

    def _is_month(self, token: Token, kind: str) -> bool:
        return token.low in listed(self.language, "month", kind)

    def begins_sentence(self, before: int) -> bool:
        token = self.peek(before)
        return token is None or not (token.text[0].isalnum() or token.text in ",;")
