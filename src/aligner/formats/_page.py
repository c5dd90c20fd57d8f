"""What a paragraph of a page is, told from its text and its neighbours.

Shared by the formats that do not say it themselves. The rules are few and look at short
paragraphs only; in doubt a paragraph is ``text``.
"""

# ruff: noqa: RUF001  (quotation marks and dashes are the subject here)

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aligner._captions import is_caption
from aligner._types import Block, Kind
from aligner.formats._boilerplate import CAPITALISED, MONTH, is_boilerplate

if TYPE_CHECKING:
    from collections.abc import Sequence

_SHORT = 120
_SIGNATURE = re.compile(rf"[A-ZÅÄÖÜ]\.\s+{CAPITALISED}")
_DATE = re.compile(rf"(?:{MONTH})\b\.?,?\s+\d{{4}}\Z", re.IGNORECASE)
_BULLET = re.compile(r"[-*•‣▪◦●○·]\s+(?=\S)")
_LETTERED = re.compile(r"(?:\([a-z0-9]{1,3}\)|[a-z0-9]{1,3}\))\s+(?=\S)", re.IGNORECASE)
_NUMBERED = re.compile(r"(\d{1,3})\.\s+(?=\S)")
_ORDINAL = re.compile(rf"\d{{1,3}}\.\s+(?:[a-zà-öø-ÿ]|(?:{MONTH})\b)")
_ORDINAL_MONTH = re.compile(rf"\d{{1,2}}\.\s+(?:{MONTH})\b", re.IGNORECASE)
_CHAPTER = re.compile(
    r"(?i:chapter|section|article|part|annex|appendix|title|kapitel|abschnitt|artikel|teil|anhang"
    r"|avsnitt|avdelning|del|bilaga|bilag|kapittel|afsnit|hoofdstuk|deel|bijlage|chapitre|partie)"
    r"\s+(?:\d+(?:\.\d+)*|[IVXLC]+|[A-Z])\b.*"
    r"|§+\s*\d+.*|(?:\d+\.)+\d+\.?\s+(?=.*[^\W\d_])\S.*|[IVX]+\.\s+\S.*"
)
_STOPS = (".", "!", "?", ":", "…", "。")
_FINAL = ".!?:;,…。！？।"
CLOSING = "\"'”’“‘»«›‹)]*_ "
_INNER_STOP = re.compile(r"\w{4,}[.!?]\s")


def classify(
    text: str, spans: Sequence[tuple[int, int]], *, has_headings: bool = False
) -> tuple[Block, ...]:
    """Return a block for each paragraph of *text*, with its kind and, for headings, its level.

    Args:
        has_headings: other headings are known, so a short line is none for what stands around it.
    """
    paragraphs = [" ".join(text[start:end].split()) for start, end in spans]
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
    if is_caption(text):
        return "caption"
    if len(text) <= _SHORT * 2 and is_boilerplate(text):
        return "boilerplate"
    if _BULLET.match(text) or _LETTERED.match(text):
        return "item"
    if _could_head(text) and (_CHAPTER.fullmatch(text) or is_shouted(text)):
        return "heading"
    return "text"


def starts_item(text: str) -> bool:
    """Return whether *text* begins with the mark of a list item: ``-``, ``a)``, ``2.``."""
    return bool(_BULLET.match(text) or _LETTERED.match(text)) or _number(text) is not None


def ends_sentence(text: str) -> bool:
    """Return whether the last sign of *text*, but for brackets and quotation marks, ends one."""
    return text.rstrip(CLOSING).endswith(_STOPS)


def _could_head(text: str) -> bool:
    return (
        len(text) <= _SHORT
        and text.rstrip(CLOSING)[-1:] not in _FINAL
        and len(text.split()) <= 16
        and not _INNER_STOP.search(text)
    )


def is_shouted(text: str) -> bool:
    """Return whether *text* is in capitals, and more than a short name."""
    return sum(map(str.isalpha, text)) >= 4 and text.isupper()


def _resolve_numbers(paragraphs: Sequence[str], kinds: list[Kind]) -> None:
    """Tell ``1. Peace`` the heading from the item: items come in a row, or are sentences."""
    numbers = [_number(paragraph) for paragraph in paragraphs]
    for i, number in enumerate(numbers):
        if number is None or kinds[i] != "text":
            continue
        in_row = numbers[i - 1 : i] == [number - 1] or numbers[i + 1 : i + 2] == [number + 1]
        kinds[i] = "heading" if not in_row and _could_head(paragraphs[i]) else "item"


def _number(paragraph: str) -> int | None:
    match = _NUMBERED.match(paragraph)
    if match is None or _ORDINAL.match(paragraph) or _ORDINAL_MONTH.match(paragraph):
        return None
    return int(match[1])


def _resolve_headings(paragraphs: Sequence[str], kinds: list[Kind]) -> None:
    """Find headings in sentence case, and further lines of a title, by what stands around them."""
    body_follows = False
    for i in range(len(kinds) - 1, -1, -1):
        text = paragraphs[i]
        if kinds[i] in ("boilerplate", "caption"):
            continue
        if kinds[i] == "text" and body_follows and _reads_as_heading(text):
            kinds[i] = "heading"
        body_follows = kinds[i] != "text" or not _could_head(text)
    for i in range(1, len(kinds)):
        text = paragraphs[i]
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
