"""Numbers in words, alone and as parts of words, read as values; days and months."""

from __future__ import annotations

import re
from functools import lru_cache

from aligner.checks._everyday import is_everyday
from aligner.checks._lexicon import lexicon, listed

_LONGEST = 70  # letters of ``siebenhundertsiebenundsiebzigtausendsiebenhundert...``, and some
_COUNTED = 4  # letters of the word that a compound goes on with
_SHORT_MONTH = 3  # letters of ``jan``
_AND_A_HALF = "einhalb"
_ADJECTIVE = re.compile(r"\w{3,}ig(?:e[nrsm]?|t|a)?")  # ``köpfig``, ``sitsiga``
_SUPERLATIVE = re.compile(r"[a-zäöüß]{2,}[sß]t")
_FIRST_YEAR, _LAST_YEAR = 1000, 2100


@lru_cache(maxsize=32768)
def word(text: str, language: str) -> float | None:
    """Return the value of one lower-case cardinal, compounds included (``dreiundzwanzig``)."""
    known = lexicon(language)
    if known is None:
        return None
    table = known.numbers("numbers")
    if text in table:
        return float(table[text])
    if len(text) < 6 or text[:2] not in _beginnings(known.language):
        return None
    parts = _morphemes(text, tuple(table), "und" if known.language == "de" else "")
    return combine([table[part] for part in parts]) if len(parts) > 1 else None


@lru_cache(maxsize=32768)
def fraction(text: str, language: str) -> float | None:
    """Return the value of ``half``, ``quarters`` or ``viereinhalb``."""
    known = lexicon(language)
    if known is None:
        return None
    value = known.numbers("fractions").get(text)
    if value is None and known.language == "sv":
        value = known.numbers("fractions").get(text.removesuffix("s"))
    whole = text.removesuffix(_AND_A_HALF)
    if value is None and whole != text:
        head = word(whole, language)
        return head + 0.5 if head else None
    return value


@lru_cache(maxsize=32768)
def ordinal(text: str, language: str) -> float | None:
    """Return the value of one lower-case ordinal (``einundzwanzigsten``, ``twentieth``)."""
    known = lexicon(language)
    if known is None:
        return None
    table = known.numbers("ordinals")
    form = _without_ending(text) if known.language == "de" else text
    if form in table:
        return float(table[form])
    if form[:2] not in _beginnings(known.language):
        return None
    for size in range(min(len(form) - 2, 14), 3, -1):
        head, tail = form[:-size], form[-size:]
        if tail in table:
            value = word(head.removesuffix("und"), language)
            if value is not None:
                return float(combine([value, table[tail]]))
    return None


def rank(text: str, language: str) -> float | None:
    """Return what a German superlative counts: ``zweitgrößte`` is 2, ``erstaunlichste`` nothing."""
    known = lexicon(language)
    if known is None or known.language != "de" or ordinal(text, language) is not None:
        return None
    form, table = _without_ending(text), known.numbers("ordinals")
    heads = (head for head, value in table.items() if value > 1 and form.startswith(head))
    return next((float(table[h]) for h in heads if _SUPERLATIVE.fullmatch(form, len(h))), None)


def _without_ending(text: str) -> str:
    """Return the stem of a German adjective, nothing for a word without an ending."""
    for ending in ("en", "er", "es", "em", "e"):
        if text.endswith(ending):
            return text[: -len(ending)]
    return ""


def is_numeral(text: str, language: str) -> bool:
    """Whether a lower-case word can be read as a number in one of the ways of this module."""
    known = lexicon(language)
    if known is None or text[:2] not in _beginnings(known.language):
        return False
    values = (reader(text, language) for reader in (word, fraction, ordinal, rank))
    return any(value is not None for value in values) or bool(
        decade(text, language) or prefix(text, language) or counted(text, language)
    )


@lru_cache(maxsize=8)
def _beginnings(language: str) -> frozenset[str]:
    """Return the first two letters of number words: most words can be told by them."""
    known = lexicon(language)
    sections = ("numbers", "ordinals", "fractions")
    return frozenset(word[:2] for section in sections if known for word in known.numbers(section))


@lru_cache(maxsize=32768)
def prefix(text: str, language: str) -> tuple[float, str] | None:
    """Split ``zweijährig`` or ``tredagars`` into its number and what is counted.

    What is only called by a number is none: ``Elfmeter``.
    """
    if text in listed(language, "homographs", "things"):
        return None
    known = lexicon(language)
    if known is None or known.language == "en" or text[:2] not in _beginnings(known.language):
        return None
    for cut in range(len(text) - 2, 2, -1):
        value = word(text[:cut], language) or fraction(text[:cut], language)
        unit = known.stems("units").get(text[cut:]) if value else ""
        if value and unit and (value != 1 or unit == "percent"):
            return value, unit
    return None


@lru_cache(maxsize=32768)
def counted(text: str, language: str) -> float | None:
    """Return the number that a compound begins with: 3 for ``trebarnsfar`` or ``dreiteilig``."""
    known = lexicon(language)
    if known is None or known.language == "en" or text[:2] not in _beginnings(known.language):
        return None
    for cut in range(len(text) - _COUNTED, 2, -1):
        value, rest = word(text[:cut], language), text[cut:]
        if value and value > 1:
            heads = (rest[:size] for size in range(_COUNTED, len(rest) + 1))
            known_head = any(is_everyday(head, language) for head in heads)
            return value if known_head or _ADJECTIVE.fullmatch(rest) else None
    return None


@lru_cache(maxsize=32768)
def decade(text: str, language: str) -> tuple[float, ...]:
    """Return the readings of ``seventies``, ``siebziger`` and ``nittonhundrafyrtiotalet``."""
    known = lexicon(language)
    if known is None or text[:2] not in _beginnings(known.language):
        return ()
    match = re.fullmatch(known.data.get("decade", {}).get("form", "(?!)"), text)
    value = word(match.group(1) + known.data["decade"].get("tail", ""), language) if match else None
    if not value or value % 10:
        return ()
    if _FIRST_YEAR <= value < _LAST_YEAR:
        return (value, value / 100 + 1) if value % 100 == 0 else (value, value % 100)
    if not 20 <= value <= 90:
        return ()
    return (value, 1900 + value, 1800 + value, 2000 + value)


@lru_cache(maxsize=32768)
def weekday(text: str, language: str) -> float | None:
    """Return which day ``mondays``, ``Sonntagmittag`` or ``Palmsonntag`` is."""
    known = lexicon(language)
    day = re.fullmatch(known.data["clock"]["weekday"], text) if known else None
    if not (known and day):
        return None
    days = known.numbers("weekdays")
    compound = (value for name, value in days.items() if day[1].endswith(name))
    return days.get(day[1]) or next(compound, None)


@lru_cache(maxsize=32768)
def month(text: str, language: str) -> float | None:
    """Return which month a word is of: ``Oktoberanfang``, ``februaris``."""
    known = lexicon(language)
    if known is None or known.language == "en":
        return None
    for name, value in known.numbers("months").items():
        rest = text.removeprefix(name)
        if len(name) > _SHORT_MONTH and rest != text:
            compound = len(rest) >= _COUNTED and is_everyday(rest, language)
            return value if rest == "s" or compound else None
    return None


def combine(values: list[float]) -> float:
    """Return the value of number words as spoken: ``[2, 1000, 5, 100, 3, 20]`` is 2523."""
    total = current = 0.0
    for value in values:
        if value >= 1000:
            total += max(current, 1) * value
            current = 0
        elif value == 100:
            current = max(current, 1) * 100
        else:
            current += value
    return total + current


def fits(values: list[float], new: float) -> bool:
    """Tell whether *new* can go on the number spoken so far (``twenty`` then ``five``).

    After ``three million and five`` no ``million`` can.
    """
    last = values[-1]
    if new >= 1000:
        return last < new and not any(1000 <= value <= new for value in values[:-1])
    if new == 100:
        return last < 100
    return last >= 100 or (last >= 20 and last % 10 == 0 and 0 < new < 10)


def _morphemes(text: str, table: tuple[str, ...], joiner: str) -> list[str]:
    """Cut *text* into number words, ``joiner`` allowed between them; none if it does not work."""
    if len(text) > _LONGEST:
        return []
    stack: list[tuple[int, list[str]]] = [(0, [])]
    tried: set[int] = set()
    while stack:
        at, parts = stack.pop()
        if at == len(text):
            return parts
        if at in tried:
            continue
        tried.add(at)
        if joiner and parts and text.startswith(joiner, at):
            stack.append((at + len(joiner), parts))
        for part in table:
            if text.startswith(part, at):
                stack.append((at + len(part), [*parts, part]))
    return []
