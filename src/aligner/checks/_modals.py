"""Modal words of a passage, sorted by force: what must, may, will or should be."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from aligner.checks._lexicon import Lexicon, classes, is_of_idiom, lexicon
from aligner.checks._quantities import quantities
from aligner.checks._text import Token, at, marked, tokens, vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Found = dict[str, list[Token]]
DENIED = ("must", "shall")
"""What must not be may not be."""
_ONLY = 6  # words
_CLASSES = (
    *("must", "soft_must", "may", "soft_may", "will", "should", "ought"),
    *("consider", "soft_consider"),
    *("agreed", "willing"),
)
FORCES = tuple(name for name in _CLASSES if name not in ("agreed", "willing"))


@lru_cache(maxsize=512)
def modals(text: str, language: str) -> Found:
    """Return the modal words of *text* by class; multi-word forms are written ``have-to``."""
    known = lexicon(language)
    found: Found = {name: [] for name in (*_CLASSES, "becomes")}
    if known is None:
        return found
    table = classes(known.language, "modality", _CLASSES)
    if table.keys().isdisjoint(vocabulary(text)):
        return found
    words = tokens(text)
    getting = known.words("modality", "getting")
    idioms = known.idioms("modality")
    months = _months(text, language) if "May" in text else frozenset()
    for i in marked(words, table.__contains__):
        token = words[i]
        if token.start in months or (token.low in getting and not _acts(words, i, known)):
            continue
        if is_of_idiom(words, i, idioms):
            continue
        for name in _classes_of(words, i, known, table):
            found[name].append(token)
    return found


def _classes_of(
    words: Sequence[Token], place: int, known: Lexicon, table: Mapping[str, tuple[str, ...]]
) -> tuple[str, ...]:
    """Return the classes of a modal word, by the words around it."""
    low = words[place].low
    names = (*table[low], *table.get(f"{low}-{at(words, place + 1).low}", ()))
    if low in DENIED and _is_denied(words, place, known):
        names = ("may", "should", "will")  # what must not be is not allowed
    if "will" in names and not _is_future(words, place, known):
        names = tuple("becomes" if name == "will" else name for name in names)
    if "may" in names and _may_only(words, place, known):
        return ("soft_must",)
    return names


def _may_only(words: Sequence[Token], place: int, known: Lexicon) -> bool:
    """Whether what may be is all that may: ``dürfen nur in Begleitung`` is must be accompanied."""
    if words[place].low not in known.words("modality", "allowing"):
        return False
    only = known.words("negation", "limiting")
    return any(at(words, place + step).low in only for step in range(1, _ONLY))


def _is_future(words: Sequence[Token], place: int, known: Lexicon) -> bool:
    """Whether German ``werden`` has an infinitive: else it is a passive, or says what becomes.

    ``Wird beschränkt`` and ``wenn er angezeigt wird`` have a participle, ``wird beschränken`` and
    ``wird beschränkt werden`` an infinitive, ``wird sichtbar`` none.
    """
    form = known.data["modality"].get("participle")
    if not form:
        return True
    if at(words, place - 1).low == "zu":
        return False
    end = place + 1
    while end < len(words) and (words[end].text[0].isalnum() or words[end].text == "-"):
        end += 1
    last = words[place - 1] if end == place + 1 else words[end - 1]
    if re.fullmatch(form, last.low):
        return False
    function = known.words("function")
    return end == place + 1 or any(
        word.low.endswith("n") and word.text[0].islower() and word.low not in function
        for word in words[place + 1 :]
    )


def _is_denied(words: Sequence[Token], place: int, known: Lexicon) -> bool:
    """Whether a denial follows at once, or the subject is none: ``no one shall``."""
    none = known.words("quantifier", "none")
    subject = (at(words, place - step).low for step in (1, 2, 3))
    following = at(words, place + 1).low
    return following in known.words("negation", "strong") or not none.isdisjoint(subject)


def _acts(words: Sequence[Token], place: int, known: Lexicon) -> bool:
    """Whether an infinitive follows, without which Swedish ``få`` is to get, not to be allowed."""
    short = known.words("modality", "infinitives")
    after = (at(words, place + step).low for step in (1, 2))
    return any(low.endswith("a") or low in short for low in after)


def _months(text: str, language: str) -> frozenset[int]:
    """Return where months begin, such as the English ``May``."""
    return frozenset(q.start for q in quantities(text, language) if q.kind == "month")
