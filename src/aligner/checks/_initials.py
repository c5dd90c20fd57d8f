"""Acronyms: which words look like one, and what their letters may stand for."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from aligner.checks._figures import roman
from aligner.checks._lexicon import table
from aligner.checks._spelling import plain
from aligner.checks._text import tokens

if TYPE_CHECKING:
    from aligner.checks._text import Token

_JOINING = frozenset(
    [
        "of",
        "and",
        "for",
        "the",
        "in",
        "on",
        ",",
        "&",
        "und",
        "für",
        "der",
        "des",
        "och",
        "för",
        "du",
        "de",
    ]
)
_SHORT = 3


def acronym_like(written: str) -> bool:
    """Return whether the word is all capitals (``NATO``), but for its second letter (``PhD``)."""
    word = written.removesuffix("s")
    capitals = word.isupper() or (len(word) > 2 and (word[0] + word[2:]).isupper())
    return 2 <= len(word) <= 6 and word.isalpha() and capitals and roman(word) is None


def has_acronym(text: str, acronym: str) -> bool:
    """Whether a text has an acronym, another for the same, or words with its initials."""
    letters = plain(acronym.rstrip("s"))
    if any(plain(_undotted(token.text)) == letters for token in tokens(text)):
        return True
    if any(acronym.rstrip("s") in run for run in _initials(text)):
        return True
    rows = (row for row in _acronyms() if any(acronym in cell for cell in row))
    forms = [form for row in rows for cell in row for form in cell]
    short = [form for form in forms if form.isupper()]
    return any(form in text or _opening(form) in text for form in forms) or any(
        run.startswith(form) for run in _initials(text) for form in short
    )


def _opening(form: str) -> str:
    """Return a form as it stands where a sentence begins, if it is a word and no abbreviation."""
    return form[0].upper() + form[1:] if len(form) > _SHORT else form


def _undotted(word: str) -> str:
    return word.replace(".", "").rstrip("s")


@lru_cache(maxsize=512)
def _initials(text: str) -> tuple[str, ...]:
    """Return the initials of each run of words with a capital (``RSC``)."""
    items = tokens(text)
    return tuple({initials_at(items, place) for place in range(len(items))} - {""})


def initials_at(items: tuple[Token, ...], place: int) -> str:
    """Return the initials of the run of capitals that the word stands in, if two or more."""
    if not items[place].text[0].isupper():
        return ""
    first = last = place
    while (step := _step(items, first, -1)) is not None:
        first = step
    while (step := _step(items, last, 1)) is not None:
        last = step
    letters = [token.text[0] for token in items[first : last + 1] if token.text[0].isupper()]
    return "".join(letters) if len(letters) > 1 else ""


def _step(items: tuple[Token, ...], place: int, way: int) -> int | None:
    """Return where a run of capitals goes on, over ``and`` or ``of the`` perhaps."""
    for reach in (1, 2, 3):
        at = place + way * reach
        if not 0 <= at < len(items):
            return None
        if items[at].text[0].isupper():
            return at
        if items[at].low not in _JOINING:
            return None
    return None


@lru_cache(maxsize=1)
def _acronyms() -> tuple[tuple[tuple[str, ...], ...], ...]:
    return tuple(tuple(tuple(cell.split()) for cell in row) for row in table("acronyms"))
