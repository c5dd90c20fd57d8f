"""Which language a text is in.

The common words of a language tell it apart at almost no cost: a page of English, German or
Swedish needs no more. Only where they leave a doubt is py3langid asked, whose model takes half a
second to load, a third of the time the whole command may take.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Protocol

from aligner._tags import base_language
from aligner._types import UNKNOWN_LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "FEWEST_WORDS",
    "contradicting",
    "identify",
    "identify_many",
    "mistaken",
    "mistaken_note",
]

FEWEST_WORDS = 4  # of a text that can be told
_ENOUGH = 20_000  # characters to look at
_WORD = re.compile(r"[^\W\d_]+")
_COMMON = {
    "en": """
        the of and to in is was that for it with as his he be on at by i this had not are but from
        or have an they which one you were her all she there would their we him been has when who
        will more no if out so said what up its about into than them can only other some could new
        these may then do any my now such like our over me even most made after also did many your
    """,
    "de": """
        der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an
        werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum
        war haben nur oder aber vor zur bis mehr durch man sein wurde sei hatte kann gegen vom
        können schon wenn habe seine ihre dann unter wir soll ich eines jahr zwei jahren diese
        dieser wieder keine seiner worden will zwischen immer was sagte
    """,
    "sv": """
        och i att det som en på är av för med till den har de inte om ett han men var jag sig från
        vi så kan när år under också efter eller nu sin där vid mot ska skulle kommer ut får finns
        vara hade alla andra mycket än här då sedan över bara blir upp även vad få två vill ha
        många hur mer går utan måste hon dem någon något man sina blev detta denna dessa mellan
    """,
    "da": """
        og i at det er en til på de af den for med der har ikke som et var han om jeg fra men sig
        vi så kan når efter også eller nu sin hvor ved mod skal ville kommer ud får være havde
        alle andre meget end her da siden over kun bliver op hvad to vil mange hvordan mere går
        uden må hun dem nogen noget man blev dette denne disse mellem mig dig nogle hvis ind
    """,
    "nb": """
        og i at det er en til på de av den for med der har ikke som et var han om jeg fra men seg
        vi så kan når etter også eller nå sin hvor ved mot skal ville kommer ut får være hadde
        alle andre mye enn her da siden over bare blir opp hva to vil mange hvordan mer går
        uten må hun dem noen noe man ble dette denne disse mellom meg deg hvis inn
    """,
    "nl": """
        de van het een en in is dat op te zijn met voor niet die aan er om ook als dan maar bij
        uit nog naar heeft ze hij door wordt over tot of worden kan wel al had meer werd was hun
        geen ik moet zich veel hebben deze we zou nu dit na zo waar onder haar wat mensen jaar
        tegen andere kunnen alle heel tussen omdat
    """,
    "fr": """
        de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il
        sont la avec son aux d l qu ou cette ses mais comme on tout nous sa ces été fait être elle
        ont même leur aussi deux si peut sans bien entre n c s après donc dont où leurs encore
    """,
    "es": """
        de la que el en y a los se del las un por con no una su para es al lo como más o pero sus
        le ha me si sin sobre este ya entre cuando todo esta ser son dos también fue había era muy
        años hasta desde está mi porque
    """,
    "it": """
        di e il la che in un a per è una sono del non con si da della le dei al i come più lo nel
        ma alla anche gli delle ha o nella su se questo era ed degli dal essere loro suo dalla ai
    """,
    "pt": """
        de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele
        das tem à seu sua ou ser quando muito há nos já está eu também só pelo pela até isso
    """,
}
# A word with one of these letters counts half.
_LETTERS = {
    "de": re.compile("[ßü]"),
    "sv": re.compile("[åäö]"),
    "da": re.compile("[æø]"),
    "nb": re.compile("[æø]"),
}
_ASKED = """
    en de sv da no nl fr es it pt fi et lv lt is pl cs sk sl hr hu ro bg ru uk el tr ar he fa
    hi th zh ja ko vi
"""
_NORWEGIAN = {"no": "nb"}
_LEAST = 0.3  # confidence of py3langid below which a language is unknown
_SURE = 0.99  # confidence from which a declared language may be called mistaken
_FOREIGN = 3.0  # times as many common words of another language as of the one declared
_VARIED = 8  # different ones: names and code repeat a few (``van der``, ``for``, ``not``)


class _Model(Protocol):
    def classify(self, text: str) -> tuple[str, float]: ...


def identify(text: str) -> tuple[str, float]:
    """Return the language of *text* and how sure that is, 0 to 1.

    Under four words it is ``("und", 0.0)``: nobody can tell. Norwegian is ``nb``.

    >>> identify("Die beiden Seiten haben sich auf einen Text geeinigt.")[0]
    'de'
    """
    words = _words(text)
    if len(words) < FEWEST_WORDS:
        return (UNKNOWN_LANGUAGE, 0.0) if not _is_dense(words) else _ask(text)
    return _by_common_words(words) or _ask(text)


def identify_many(texts: Iterable[str]) -> list[tuple[str, float]]:
    """Return for each text what `identify` returns."""
    return [identify(text) for text in texts]


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text[:_ENOUGH])]


def contradicting(stated: str, text: str) -> str:
    """Return the language of *text* where it surely is not the one that its file states, or "".

    Programs write their own language into the files they make, and templates that of their author.
    A language whose common words are not known here is believed.

    >>> contradicting("en-US", "Die beiden Seiten haben sich auf einen Text geeinigt.")
    'de'
    """
    base = base_language(stated)
    found = _by_common_words(_words(text)) if base in _COMMON else None
    return found[0] if found and found[0] != base else ""


def mistaken(declared: str, text: str) -> tuple[str, float] | None:
    """Return which language *text* surely is in, and how sure that is, if it is not *declared*.

    A user who says so is believed longer than a file that states it: a text of two languages, a
    dialect and a near relative have many common words of the language declared.

    >>> mistaken("de", "They have agreed that the two of them will share what is in the river.")[0]
    'en'
    """
    base = base_language(declared)
    base = _NORWEGIAN.get(base, base)
    if base not in _COMMON:
        return None
    words = _words(text)
    found = _by_common_words(words)
    if found is None or found[1] < _SURE:
        return None
    scores, _ = _scores(words)
    varied = sum(found[0] in _table().get(word, ()) for word in set(words))
    plain = scores[found[0]] > _FOREIGN * scores[base] and varied >= _VARIED
    return found if plain else None


def mistaken_note(name: str, declared: str, text: str) -> str:
    """Return what to tell a user about *name* whose text is not in the language declared, or ""."""
    found = mistaken(declared, text)
    if found is None:
        return ""
    language, sure = found
    return f"{name} is said to be {declared}, but its text looks like {language} ({sure:.2f})."


def _by_common_words(words: list[str]) -> tuple[str, float] | None:
    """Return the language whose common words fill the text, ``None`` if that leaves a doubt."""
    scores, total = _scores(words)
    (second, _), (high, best) = sorted((score, code) for code, score in scores.items())[-2:]
    margin = high - second
    if margin < 3 or high < 1.3 * second or high < 0.15 * total:
        return None
    return best, round(1 - 0.5 ** (1 + margin), 4)


def _scores(words: list[str]) -> tuple[dict[str, float], float]:
    """Return how many common words of each language there are, and how many words of all."""
    scores = dict.fromkeys(_COMMON, 0.0)
    total = 0.0
    for word, count in Counter(words).items():
        weight = min(count, 1 + count / 4)
        total += weight
        for language in _table().get(word, ()):
            scores[language] += weight
    for language, letters in _LETTERS.items():
        scores[language] += 0.5 * sum(bool(letters.search(word)) for word in set(words))
    return scores, total


@cache
def _table() -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for language, words in _COMMON.items():
        for word in set(words.split()):
            table[word] = (*table.get(word, ()), language)
    return table


def _is_dense(words: list[str]) -> bool:
    """Return whether the few words are those of a script that puts no spaces between words."""
    return sum(map(len, words)) >= 8 and any(
        "\u0e00" <= w[0] <= "\u0fff" or w[0] >= "\u2e80" for w in words
    )


def _ask(text: str) -> tuple[str, float]:
    language, confidence = _identifier().classify(text[:_ENOUGH])
    if confidence < _LEAST:
        return UNKNOWN_LANGUAGE, 0.0
    return _NORWEGIAN.get(language, language), round(float(confidence), 4)


@cache
def _identifier() -> _Model:
    from py3langid.langid import (  # type: ignore[import-untyped]  # it ships no types
        MODEL_FILE,
        LanguageIdentifier,
    )

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(_ASKED.split())
    model: _Model = identifier
    return model
