"""Names: people, places, organisations, acronyms."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from ._lexicon import lexicon
from ._numerals import roman
from ._places import loose_lines, places
from ._registry import BeadView, Finding, Passage, check
from ._text import Token, tokens
from ._words import has_words, is_everyday, is_name, is_word

if TYPE_CHECKING:
    from collections.abc import Iterator

_FOLDS = (
    ("tsch", "c"), ("dsch", "j"), ("dzj", "j"), ("tch", "c"), ("tj", "c"), ("sch", "s"), ("sh", "s"),
    ("sj", "s"), ("ch", "k"), ("ck", "k"), ("kh", "k"), ("ph", "f"), ("th", "t"), ("qu", "k"),
    ("x", "ks"), ("w", "v"), ("y", "i"), ("j", "i"), ("c", "k"), ("q", "k"), ("z", "s"), ("ou", "u"),
    ("ie", "i"), ("ae", "a"), ("oe", "o"), ("ue", "u"),
)  # fmt: skip
_ALIKE = 0.62
_PLACE_WORDS = frozenset({"in", "aus", "nach", "von", "bei", "laut", "i", "från", "till"})
_NOUN_ENDINGS = (
    "ung", "ungen", "heit", "keit", "schaft", "schaften", "tion", "tionen", "ismus", "amt", "tum", "nis", "chen",
    "lein", "ling", "tät", "enz", "anz", "ment", "tier", "gruppe", "rat", "partei", "innen", "werk", "haus",
)  # fmt: skip


class Name(NamedTuple):
    """A word that looks like a name, folded for comparison across spellings."""

    folded: str
    text: str
    start: int
    end: int
    acronym: bool
    sure: bool = False
    run: str = ""


@check("D301", "name", "major")
def name_mismatch(bead: BeadView) -> Iterator[Finding]:
    """A name of one version is missing or another in the other version.

    Not flagged: spellings of one name (``Tchaikovsky``, ``Tschaikowski``), exonyms and
    nationalities, acronyms spelled out, capitalised everyday words.
    """
    source, target = bead.source, bead.target
    if not (has_words(source.language) and has_words(target.language)):
        return
    yield from _places_differ(bead)
    yield from _voted_out(bead)
    yield from _near_misses(bead)
    left, right = _unmatched(source, target), _unmatched(target, source)
    rest = list(right)
    for name in left:
        partner = next((other for other in rest if other.acronym == name.acronym), None)
        if partner:
            rest.remove(partner)
        yield _finding(bead, source, target, name, partner)
    for name in rest:
        yield _finding(bead, target, source, name, None)


def _finding(
    bead: BeadView, passage: Passage, other: Passage, name: Name, partner: Name | None
) -> Finding:
    confidence = _alone(bead, passage, other, name)
    if partner and (partner.sure or partner.acronym or other.language[:2] != "de"):
        sure = 0.55 if name.acronym and not _slip(name, partner) else 0.8
        confidence = max(sure, confidence)
    if partner:
        message = (
            f"name differs: {name.text!r} ({passage.version}), {partner.text!r} ({other.version})"
        )
    else:
        message = f"name {name.text!r} ({passage.version}) has no counterpart in {other.version}"
    places = {
        passage.version: ((name.start, name.end),),
        other.version: ((partner.start, partner.end),) if partner else (),
    }
    names = {passage.version: name.text, other.version: partner.text if partner else ""}
    return Finding(places, message, confidence, name.folded, evidence={"names": names})


def _alone(bead: BeadView, passage: Passage, other: Passage, name: Name) -> float:
    """Return how much a name means that *other* lacks: much if a third version has it too."""
    third = [p for p in bead.passages if p.version not in (passage.version, other.version)]
    if any(_is_in(name, *_folded(p.text), p) for p in third):
        return 0.3 if _beside(name.start, passage, other) == "shortened" else 0.75
    if third:
        return 0.2
    if name.acronym:
        return 0.35
    return 0.6 if name.sure or passage.language[:2] == "en" else 0.35


def _slip(name: Name, other: Name) -> bool:
    """Whether two acronyms differ in one letter."""
    same_size = len(name.text) == len(other.text) > 2
    return same_size and sum(a != b for a, b in zip(name.text, other.text, strict=False)) == 1


def _places_differ(bead: BeadView) -> Iterator[Finding]:
    source, target = bead.source, bead.target
    ours, theirs = _by_line(source), _by_line(target)
    only = {line: spot for line, spot in ours.items() if line not in theirs}
    others = {line: spot for line, spot in theirs.items() if line not in ours}
    third = [
        _by_line(p) for p in bead.passages if p.version not in (source.version, target.version)
    ]
    loose = {line for line in loose_lines() if not any(line in spots for spots in third)}
    if (only.keys() | others.keys()) & loose and not third:
        return
    only = {line: spot for line, spot in only.items() if line not in loose}
    others = {line: spot for line, spot in others.items() if line not in loose}
    only = {k: v for k, v in only.items() if not _is_native(source.text[slice(*v)], target)}
    others = {k: v for k, v in others.items() if not _is_native(target.text[slice(*v)], source)}
    for line, spot in only.items():
        partner = next(iter(others.values()), None) if len(only) == len(others) == 1 else None
        yield _place_finding(bead, source, target, spot, partner, line)
        if partner:
            return
    for line, spot in others.items():
        yield _place_finding(bead, target, source, spot, None, line)


def _is_native(shown: str, other: Passage) -> bool:
    """Whether the other version keeps the name as it is, or has an acronym that may hold it."""
    if any(_is_acronym(token) and len(token.text) > 3 for token in tokens(other.text)):
        return True
    return fold(shown.lower()) in _folded(other.text)[0]


def _place_finding(
    bead: BeadView,
    passage: Passage,
    other: Passage,
    spot: tuple[int, int],
    partner: tuple[int, int] | None,
    line: int,
) -> Finding:
    shown = passage.text[slice(*spot)]
    if partner:
        rival = other.text[slice(*partner)]
        message = f"place differs: {shown!r} ({passage.version}), {rival!r} ({other.version})"
    else:
        message = f"place {shown!r} ({passage.version}) is not named in {other.version}"
    where = {passage.version: (spot,), other.version: (partner,) if partner else ()}
    third = [p for p in bead.passages if p.version not in where]
    confidence = 0.4
    if partner:
        confidence = 0.8
    elif third:
        confidence = 0.65 if any(line in _by_line(p) for p in third) else 0.2
    return Finding(where, message, confidence, f"place:{line}")


def _by_line(passage: Passage) -> dict[int, tuple[int, int]]:
    return {p.line: (p.start, p.end) for p in places(passage.text, passage.language)}


def _voted_out(bead: BeadView) -> Iterator[Finding]:
    """Yield everyday words that stand for part of a name which is another one in one version.

    Two versions have ``Mark Avery``, the third ``Ground Avery``: the neighbour gives it away.
    """
    third = [
        p for p in bead.passages if p.version not in (bead.source.version, bead.target.version)
    ]
    for passage, other in ((bead.source, bead.target), (bead.target, bead.source)):
        witnesses = {fold(w.low) for p in third for w in _capitals(p.text, p.language)}
        if not witnesses:
            return
        letters, words = _folded(other.text)
        listed = {name.start for name in names(passage.text, passage.language)}
        for token in _capitals(passage.text, passage.language):
            folded = fold(token.low)
            if token.start in listed or folded not in witnesses:
                continue
            if _is_spelled(folded, letters, words):
                continue
            if _beside(token.start, passage, other) == "replaced":
                yield _finding_of(passage, other, token)


def _near_misses(bead: BeadView) -> Iterator[Finding]:
    """Yield names that two versions spell alike and the third a little differently."""
    for passage, other in ((bead.source, bead.target), (bead.target, bead.source)):
        third = [p for p in bead.passages if p.version not in (passage.version, other.version)]
        exact = {_plain(token.low) for p in third for token in tokens(p.text)}
        theirs = [token for token in tokens(other.text) if token.text[0].isupper()]
        spelled = {_plain(token.low) for token in theirs}
        for name in names(passage.text, passage.language):
            plain = _plain(name.text.lower())
            if name.acronym or len(plain) < 5 or plain not in exact:
                continue
            if any(word[: len(plain) - 1] == plain[:-1] for word in spelled):
                continue
            near = next((t for t in theirs if _is_near(plain, _plain(t.low))), None)
            if near and not is_everyday(near.low, other.language):
                rival = Name(fold(near.low), near.text, near.start, near.end, False)
                yield replace(_finding(bead, passage, other, name, rival), confidence=0.65)


def _is_near(plain: str, other: str) -> bool:
    """Whether two names differ by a slip: about as long, beginning alike, not the same stem."""
    if abs(len(plain) - len(other)) > 1 or plain[0] != other[0] or plain in other:
        return False
    if fold(plain) == fold(other):
        return False
    return plain[:-2] != other[: len(plain) - 2] and 1 <= _distance(plain, other) <= 3


def _beside(start: int, passage: Passage, other: Passage) -> str:
    """Compare the neighbours of a name: ``replaced``, ``shortened`` or nothing to tell."""
    ours, theirs = tokens(passage.text), tokens(other.text)
    place = next(i for i, token in enumerate(ours) if token.start == start)
    state = ""
    for step in (1, -1):
        near = ours[place + step] if 0 <= place + step < len(ours) else None
        if near is None or not near.text[0].isupper() or is_everyday(near.low, passage.language):
            continue
        for j, token in enumerate(theirs):
            if token.low == near.low:
                before = theirs[j - step] if 0 <= j - step < len(theirs) else None
                if before is not None and before.text[0].isupper():
                    return "replaced"
                state = "shortened"
    return state


def _finding_of(passage: Passage, other: Passage, token: Token) -> Finding:
    message = f"name {token.text!r} ({passage.version}) has no counterpart in {other.version}"
    places = {passage.version: ((token.start, token.end),), other.version: ()}
    names = {passage.version: token.text, other.version: ""}
    return Finding(places, message, 0.7, fold(token.low), evidence={"names": names})


@lru_cache(maxsize=512)
def _capitals(text: str, language: str) -> tuple[Token, ...]:
    """Return the words that begin with a capital and are not months, titles or function words."""
    known = lexicon(language)
    if known is None or text.isupper():
        return ()
    skipped = (
        known.words("titles")
        | known.words("function")
        | known.numbers("months").keys()
        | known.numbers("weekdays").keys()
        | known.numbers("numbers").keys()
    )
    taken = {place.start for place in places(text, language)}
    return tuple(
        token
        for token in tokens(text)
        if token.text[0].isupper()
        and len(token.low) > 2
        and token.low not in skipped
        and token.start not in taken
        and roman(token.text) is None
    )


def _is_spelled(folded: str, letters: str, words: tuple[str, ...]) -> bool:
    return folded in words or folded in letters or any(_alike(folded, word) for word in words)


def _unmatched(passage: Passage, other: Passage) -> list[Name]:
    """Return the names of *passage* that nothing in *other* looks like."""
    found = names(passage.text, passage.language)
    if not found:
        return []
    letters, words = _folded(other.text)
    return [name for name in found if not _is_in(name, letters, words, other)]


def _is_in(name: Name, letters: str, words: tuple[str, ...], other: Passage) -> bool:
    if name.acronym:
        return _acronym_in(name.text, other)
    if name.run and any(token.text == name.run for token in tokens(other.text)):
        return True
    if len(name.folded) >= 4 and (name.folded in letters or name.folded.rstrip("s") in letters):
        return True
    if name.folded in words:
        return True
    return any(_alike(name.folded, word) for word in words)


def _acronym_in(acronym: str, other: Passage) -> bool:
    letters = _plain(acronym.rstrip("s"))
    if any(_plain(token.text).startswith(letters) for token in tokens(other.text)):
        return True
    if any(acronym.rstrip("s") in run for run in _initials(other.text)):
        return True
    for row in _acronyms():
        if any(acronym in cell for cell in row):
            return any(form in other.text for cell in row for form in cell)
    return False


@lru_cache(maxsize=65536)
def _alike(name: str, word: str) -> bool:
    """Whether two folded words may be spellings of one name."""
    if len(name) < 3 or len(word) < 3:
        return False
    short, long = sorted((name, word), key=len)
    if len(short) >= 6 and short[:4] == long[:4]:
        return True
    if len(short) >= 4 and short in long:
        return True
    if short[0] != long[0] and short[1:3] != long[1:3]:
        return False
    if _distance(short, long) <= len(long) // 4:
        return True
    ours = {name[i : i + 2] for i in range(len(name) - 1)}
    theirs = {word[i : i + 2] for i in range(len(word) - 1)}
    return 2 * len(ours & theirs) / (len(ours) + len(theirs)) >= _ALIKE


@lru_cache(maxsize=512)
def _initials(text: str) -> tuple[str, ...]:
    """Return the initials of each run of words with a capital (``RSC``)."""
    items = tokens(text)
    return tuple({_run_of(items, place) for place in range(len(items))} - {""})


def _run_of(items: tuple[Token, ...], place: int) -> str:
    """Return the initials of the run of capitals that the word stands in, if two or more."""
    if not items[place].text[0].isupper():
        return ""
    first = last = place
    while first > 0 and items[first - 1].text[0].isupper():
        first -= 1
    while last + 1 < len(items) and items[last + 1].text[0].isupper():
        last += 1
    return "".join(token.text[0] for token in items[first : last + 1]) if last > first else ""


def _distance(one: str, other: str) -> int:
    """Return the edit distance of two words."""
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, rival in enumerate(other, 1):
            change = before + (letter != rival)
            before, row[j] = row[j], min(change, row[j] + 1, row[j - 1] + 1)
    return row[-1]


@lru_cache(maxsize=512)
def names(text: str, language: str) -> tuple[Name, ...]:
    """Return the words of *text* that can hardly be anything but names."""
    known = lexicon(language)
    base = language.split("-")[0].lower()
    titles = known.words("titles") if known else frozenset()
    months = known.numbers("months") if known else {}
    days = known.numbers("weekdays") if known else {}
    if text.isupper():
        return ()
    taken = {place.start for place in places(text, language)}
    found = []
    opening = True
    items = tokens(text)
    for place, token in enumerate(items):
        low = token.low
        first, opening = (
            opening,
            token.text in '.!?:"“”„»«\u2013-' or (opening and not token.is_word),
        )
        if not token.text[0].isupper() or token.start in taken or len(token.text) < 2 or "." in low:
            continue
        if first and base == "sv" and not is_name(token.low):
            continue
        acronym = _is_acronym(token)
        if roman(token.text) is not None:
            continue
        if not acronym and (low in titles or low in months or low in days or len(low) < 3):
            continue
        if not acronym and (
            _is_known(low, base) or low.endswith(("\u2019m", "'m", "\u2019ve", "'ve"))
        ):
            continue
        sure = is_name(low) or _in_name_place(items, place)
        run = _run_of(items, place)
        found.append(Name(fold(low), token.text, token.start, token.end, acronym, sure, run))
    return tuple(found)


def _in_name_place(items: tuple[Token, ...], place: int) -> bool:
    """Whether a word stands where nouns without an article are mostly names."""
    before = items[place - 1] if place else None
    after = items[place + 1] if place + 1 < len(items) else None
    if before and before.low in _PLACE_WORDS:
        return True
    return any(t is not None and t.is_word and t.text[0].isupper() for t in (before, after))


def _is_known(low: str, language: str) -> bool:
    if is_everyday(low, language):
        return True
    for ending in ("s", "n", "en", "er", "es", "e", "ern", "innen", "in"):
        if low.endswith(ending) and len(low) - len(ending) > 3:
            if is_everyday(low[: -len(ending)], language):
                return True
    if language == "de" and low.endswith(_NOUN_ENDINGS) and not is_name(low):
        return True
    return language != "en" and is_word(low, language)


def _is_acronym(token: Token) -> bool:
    word = token.text.removesuffix("s")
    return 2 <= len(word) <= 6 and word.isalpha() and word.isupper() and roman(word) is None


@lru_cache(maxsize=16384)
def _plain(word: str) -> str:
    """Return *word* in small letters without marks."""
    plain = word.lower().replace("ß", "ss").replace("ø", "o").replace("ł", "l").replace("đ", "d")
    if plain.isascii():
        return plain
    return "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))


@lru_cache(maxsize=16384)
def fold(word: str) -> str:
    """Return lower-case *word* without marks, spelled so that spellings of a name meet."""
    plain = _plain(word)
    for old, new in _FOLDS:
        plain = plain.replace(old, new)
    return re.sub(r"(.)\1", r"\1", plain)


@lru_cache(maxsize=512)
def _folded(text: str) -> tuple[str, tuple[str, ...]]:
    words = tuple(dict.fromkeys(fold(token.low) for token in tokens(text) if token.is_word))
    return "".join(fold(token.low) for token in tokens(text) if token.is_word), words


@lru_cache(maxsize=1)
def _acronyms() -> tuple[tuple[tuple[str, ...], ...], ...]:
    text = files(__package__).joinpath("data", "acronyms.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return tuple(tuple(tuple(cell.split()) for cell in row) for row in rows)
