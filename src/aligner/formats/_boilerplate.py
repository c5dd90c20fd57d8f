"""Lines that sites and agencies add to a text: sources, dates, bylines, buttons, copyright."""

# ruff: noqa: RUF001  (quotation marks and dashes are the subject here)

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aligner._visible import LEADER

if TYPE_CHECKING:
    from collections.abc import Sequence


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_MONTHS = """
jan january januar januari feb february februar februari mar march märz marts mars apr april may mai
maj mei jun june juni jul july juli aug august augusti sep sept september oct october okt oktober
nov november dec december dez dezember des desember
"""
CAPITALISED = r"[^\W\d_a-zà-öø-ÿ][\w’'.-]+"
"""A word with a capital, as a pattern."""
MONTH = "|".join(_MONTHS.split())
"""A month in the languages of such lines, as a pattern."""
_DATE_WORDS = _words(
    f"""
    {_MONTHS} monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch
    donnerstag freitag samstag sonnabend sonntag måndag tisdag onsdag torsdag fredag lördag söndag
    mandag tirsdag lørdag søndag on at the of am pm a p m uhr kl klockan den der um vom h cet cest
    utc gmt date datum published updated posted last modified first time veröffentlicht
    aktualisiert erstellt stand zuletzt geändert publicerad publicerat uppdaterad uppdaterat senast
    ändrad publiceret opdateret publisert oppdatert min read lesezeit läsning
    """
)
_SHARE_WORDS = _words(
    """
    share tweet facebook twitter x linkedin email e-mail mail print whatsapp telegram pinterest
    instagram threads bluesky reddit copy link teilen drucken kopieren dela skriv ut tipsa kopiera
    länk del udskriv send save spara speichern merken article artikel this on auf på via to a
    friend artikeln sidan denna diesen the page
    """
)
_SHARE_VERBS = _words(
    "share tweet facebook twitter whatsapp linkedin print drucken teilen dela del"
)
_AGENCIES = _words("vna afp ap dpa reuters tt anp apa sda ntb ritzau tass xinhua ansa efe azertac")
_BOILERPLATE = re.compile(
    "|".join(
        (
            r"\W+|(?:x\s*){3,}",
            r"(?:(?:https?|file)://|www\.)\S+(?:\s+\d+/\d+)?|\S+@\S+\.\w+",
            r"\d{1,4}[./-]\d\d?[./-]\d{2,4}, \d\d?:\d\d(?:\s[AP]M)?\s.*",  # above a printed page
            r"(?:source|sources|quelle|quellen|källa|källor|kilde|bron|via)\s*:.*",
            r"(?:©|\(c\)|copyright\b|all rights reserved|alle rechte vorbehalten).*",
            r"(?:alla rättigheter förbehåll|alle rettigheder|alle rettigheter|tous droits).*",
            r"(?:\d+\s+)?(?:comments?|kommentare?|kommentarer?)(?:\s*\(?\d+\)?)?:?",
            r"(?:advertisement|anzeige|annons|werbung|reklam|annonse|advertentie)",
            r"(?:read (?:more|also)|see also|lesen sie (?:auch|mehr)|mehr (?:dazu|zum thema)"
            r"|läs (?:mer|också)|related (?:articles|stories)|les (?:også|mer)|læs (?:også|mere))"
            r"\s*(?::.*|\W*)",
            r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}(?:,?\s+\d{1,2}[:.]\d\d)?",
            r"date\s*:?\s*\d{4}-\d\d.*",
            r"(?:last )?(?:published|updated|posted|veröffentlicht|aktualisiert|stand|publicera[dt]"
            r"|(?:senast )?uppdatera[dt]|publiceret|opdateret|publisert|oppdatert)\s*:.*\d.*",
        )
    ),
    re.IGNORECASE,
)
_BYLINE = re.compile(
    rf"(?:By|Von|Av|Af|Door|Par)\s*:?\s+{CAPITALISED}"
    rf"(?:\s+(?:and|und|och|og|en|et|von|van|de|{CAPITALISED})){{1,5}}"
)
_SIGN_OFF = re.compile(r"\([^\W\d_][\w+./ &–-]{1,38}\)\.?")
_DATELINE = re.compile(r"[^.!?:]{2,40},[^!?:]{3,30},\s*[A-Z]{2,12}")
_AGENCY_LINE = re.compile(
    rf"[\w ,-]{{2,40}}\((?:(?:{'|'.join(sorted(_AGENCIES))})\)|[a-z]{{2,12}}\)\s*[–—-])",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[^\W\d_](?:[\w-]*\w)?")


def is_boilerplate(text: str) -> bool:
    """Return whether *text* is a line that sites add: source, date, byline, buttons, copyright.

    Lines of a table of contents are no prose either.
    """
    if _BOILERPLATE.fullmatch(text) or LEADER.search(text):
        return True
    if len(text) > 80:
        return False
    if _BYLINE.fullmatch(text):
        return True
    words = [word.lower() for word in _WORDS.findall(text)]
    dated = any(map(str.isdigit, text))
    if dated and words and all(word in _DATE_WORDS for word in words):
        return True
    if words and (_is_sharing(words) or set(words) <= _AGENCIES):
        return True
    if _SIGN_OFF.fullmatch(text):
        return sum(c.isupper() for c in text.split()[0]) >= 2
    return bool((dated and _DATELINE.fullmatch(text)) or _AGENCY_LINE.fullmatch(text))


def _is_sharing(words: Sequence[str]) -> bool:
    return all(w in _SHARE_WORDS for w in words) and any(w in _SHARE_VERBS for w in words)
