"""What a paragraph of a page is, told from its text and its neighbours.

Shared by the formats that do not say it themselves. The rules are few and look at short
paragraphs only; in doubt a paragraph is ``text``.
"""

# ruff: noqa: RUF001  (quotation marks and dashes are the subject here)

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aligner._types import Block, Kind

if TYPE_CHECKING:
    from collections.abc import Sequence


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SHORT = 120
_MONTHS = """
jan january januar januari feb february februar februari mar march märz marts mars apr april may mai
maj mei jun june juni jul july juli aug august augusti sep sept september oct october okt oktober
nov november dec december dez dezember des desember
"""
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
_CAMEL = r"[^\W\d_a-zà-öø-ÿ][\w’'.-]+"
_BOILERPLATE = re.compile(
    "|".join(
        (
            r"\W+|(?:x\s*){3,}",
            r"(?:https?://|www\.)\S+|\S+@\S+\.\w+",
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
    rf"(?:By|Von|Av|Af|Door|Par)\s*:?\s+{_CAMEL}"
    rf"(?:\s+(?:and|und|och|og|en|et|von|van|de|{_CAMEL})){{1,5}}"
)
_SIGN_OFF = re.compile(r"\([^\W\d_][\w+./ &–-]{1,38}\)\.?")
_DATELINE = re.compile(r"[^.!?:]{2,40},[^!?:]{3,30},\s*[A-Z]{2,12}")
_AGENCY_LINE = re.compile(
    rf"[\w ,-]{{2,40}}\((?:(?:{'|'.join(sorted(_AGENCIES))})\)|[a-z]{{2,12}}\)\s*[–—-])",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[^\W\d_](?:[\w-]*\w)?")
_PICTURE = (
    r"photo|foto|fotograf|image|picture|bild|bildquelle|grafik|illustration|video|credit|fotos"
)
_CAPTION = re.compile(
    rf"\(?(?:{_PICTURE})(?:\s+(?:by|von|av))?\s*:.*"
    r"|(?:figure|fig\.|figur|abbildung|abb\.|table|tabelle|tabell|diagram|bild|karte|karta|map|chart)\s+\d+[a-z]?\s*[.:–—-].*",
    re.IGNORECASE | re.DOTALL,
)
_CREDIT = re.compile(
    rf"[(\[](?:{_PICTURE})(?:\s+(?:by|von|av)\b|\s*[:/©])[^()\[\]]*[)\]]\.?\Z"
    rf"|[.!?)]\s+(?:photo|foto|bild)(?:\s+(?:by|von|av))?:[^.!?]{{2,60}}\.?\Z",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(rf"[A-ZÅÄÖÜ]\.\s+{_CAMEL}")
_DATE = re.compile(rf"(?:{'|'.join(_MONTHS.split())})\b\.?,?\s+\d{{4}}\Z", re.IGNORECASE)
_BULLET = re.compile(r"[-*•‣▪◦●○·]\s+(?=\S)")
_LETTERED = re.compile(r"(?:\([a-z0-9]{1,3}\)|[a-z0-9]{1,3}\))\s+(?=\S)", re.IGNORECASE)
_NUMBERED = re.compile(r"(\d{1,3})\.\s+(?=\S)")
_ORDINAL = re.compile(rf"\d{{1,3}}\.\s+(?:[a-zà-öø-ÿ]|(?:{'|'.join(_MONTHS.split())})\b)")
_ORDINAL_MONTH = re.compile(rf"\d{{1,2}}\.\s+(?:{'|'.join(_MONTHS.split())})\b", re.IGNORECASE)
_CHAPTER = re.compile(
    r"(?i:chapter|section|article|part|annex|appendix|title|kapitel|abschnitt|artikel|teil|anhang"
    r"|avsnitt|avdelning|del|bilaga|bilag|kapittel|afsnit|hoofdstuk|deel|bijlage|chapitre|partie)"
    r"\s+(?:\d+(?:\.\d+)*|[IVXLC]+|[A-Z])\b.*"
    r"|§+\s*\d+.*|(?:\d+\.)+\d+\.?\s+\S.*|[IVX]+\.\s+\S.*"
)
_FINAL = ".!?:;,…。！？।"
_CLOSING = "\"'”’“‘»«›‹)]*_ "
_INNER_STOP = re.compile(r"\w{4,}[.!?]\s")


def classify(
    text: str, spans: Sequence[tuple[int, int]], *, has_headings: bool = False
) -> tuple[Block, ...]:
    """Return a block for each paragraph of *text*, with its kind and, for headings, its level.

    Args:
        has_headings: other headings are known, so a short line is none for what stands around it.
    """
    paragraphs = [text[start:end] for start, end in spans]
    kinds = [_alone(paragraph) for paragraph in paragraphs]
    _resolve_numbers(paragraphs, kinds)
    if not has_headings:
        _resolve_headings(paragraphs, kinds)
    levels = _levels(paragraphs, kinds)
    return tuple(
        Block(start, end, kind, level)
        for (start, end), kind, level in zip(spans, kinds, levels, strict=True)
    )


def _alone(text: str) -> Kind:
    """Return the kind that the paragraph's own text shows, else ``text``."""
    text = text.strip()
    if is_caption(text):
        return "caption"
    if len(text) <= _SHORT * 2 and is_boilerplate(text):
        return "boilerplate"
    if _BULLET.match(text) or _LETTERED.match(text):
        return "item"
    if _could_head(text) and (_CHAPTER.fullmatch(text) or _is_shouted(text)):
        return "heading"
    return "text"


def credit_start(text: str) -> int:
    """Return where the credit of a picture begins that *text* ends in, else the text's length.

    >>> text = "The harbour at night. (Photo: A. Berg)"
    >>> text[: credit_start(text)]
    'The harbour at night. '
    """
    credit = _CREDIT.search(text)
    return credit.start() if credit else len(text)


def is_caption(text: str) -> bool:
    """Return whether *text* names a picture or its maker: ``Foto: ...``, ``Figure 3: ...``."""
    return bool(_CREDIT.search(text, max(0, len(text) - 200))) or (
        len(text) <= 600 and bool(_CAPTION.fullmatch(text))
    )


def starts_item(text: str) -> bool:
    """Return whether *text* begins with the mark of a list item: ``-``, ``a)``, ``2.``."""
    return bool(_BULLET.match(text) or _LETTERED.match(text)) or _number(text) is not None


def is_boilerplate(text: str) -> bool:
    """Return whether *text* is a line that sites add: source, date, byline, buttons, copyright."""
    if _BOILERPLATE.fullmatch(text):
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


def _could_head(text: str) -> bool:
    return (
        len(text) <= _SHORT
        and text.rstrip(_CLOSING)[-1:] not in _FINAL
        and len(text.split()) <= 16
        and not _INNER_STOP.search(text)
        and "\n" not in text
    )


def _is_shouted(text: str) -> bool:
    return sum(map(str.isalpha, text)) >= 4 and text.isupper()


def _resolve_numbers(paragraphs: Sequence[str], kinds: list[Kind]) -> None:
    """Tell ``1. Peace`` the heading from the item: items come in a row, or are sentences."""
    numbers = [_number(paragraph) for paragraph in paragraphs]
    for i, number in enumerate(numbers):
        if number is None or kinds[i] != "text":
            continue
        in_row = numbers[i - 1 : i] == [number - 1] or numbers[i + 1 : i + 2] == [number + 1]
        kinds[i] = "heading" if not in_row and _could_head(paragraphs[i].strip()) else "item"


def _number(paragraph: str) -> int | None:
    match = _NUMBERED.match(paragraph.lstrip())
    if (
        match is None
        or _ORDINAL.match(paragraph.lstrip())
        or _ORDINAL_MONTH.match(paragraph.lstrip())
    ):
        return None
    return int(match[1])


def _resolve_headings(paragraphs: Sequence[str], kinds: list[Kind]) -> None:
    """Find headings in sentence case, and further lines of a title, by what stands around them."""
    body_follows = False
    for i in range(len(kinds) - 1, -1, -1):
        text = paragraphs[i].strip()
        if kinds[i] in ("boilerplate", "caption"):
            continue
        if kinds[i] == "text" and body_follows and _reads_as_heading(text):
            kinds[i] = "heading"
        body_follows = kinds[i] != "text" or not _could_head(text)
    for i in range(1, len(kinds)):
        text = paragraphs[i].strip()
        if (
            kinds[i] == "text"
            and kinds[i - 1] == "heading"
            and len(text) <= 60
            and _could_head(text)
        ):
            kinds[i] = "heading"


def _reads_as_heading(text: str) -> bool:
    if not text[:1].isupper() or not _could_head(text):
        return False
    return not (_SIGNATURE.match(text) or _DATE.search(text))


def _levels(paragraphs: Sequence[str], kinds: Sequence[Kind]) -> list[int]:
    """Return 1 for the title and for items, else the depth of a heading's number, from 2."""
    levels = [0] * len(kinds)
    body = False
    for i, kind in enumerate(kinds):
        if kind == "item":
            levels[i] = 1
        elif kind == "heading":
            number = re.match(r"\s*(\d+(?:\.\d+)*)", paragraphs[i])
            first = not body and all(k != "heading" for k in kinds[:i])
            levels[i] = 1 if first and not number else 2 + (number[1].count(".") if number else 0)
        body = body or kind in ("text", "item")
    return levels
