"""Telephone numbers: one is written with the code of its country or without, grouped anyhow."""

from __future__ import annotations

import re

from aligner.checks._quantity import SURE, Quantity

_FEWEST, _MOST = 8, 15  # figures
_COUNTRY_CODES = (1, 2, 3)  # figures
_TRUNK = "(0)"
_NUMBER = re.compile(
    r"(?<![\w.,+])(?<!\d[ \u00a0\u202f])(?:\+\d|0[1-9](?=\d{1,3}[ \u00a0\u202f/\u2013\u2011-]))"
    r"(?:[ \u00a0\u202f/\u2013\u2011-]?(?:\(\d{1,4}\)|\d))+(?![\w°%])"
)


def telephones(text: str) -> list[Quantity]:
    """Return the telephone numbers of *text*: ``+46 8 555 01 23``, ``08-555 01 23``.

    The values are what it may be within its country, without the zero that is dialled there first.
    """
    if "+" not in text and "0" not in text:
        return []
    found = ((match, _values(match[0])) for match in _NUMBER.finditer(text))
    return [
        Quantity("telephone", values, *match.span(), strength=SURE, mantissa=values[0])
        for match, values in found
        if values
    ]


def _values(written: str) -> tuple[float, ...]:
    """Return the number without the code of a country, which may have one figure to three."""
    figures = re.sub(r"\D", "", written.replace(_TRUNK, ""))
    if not _FEWEST <= len(figures) <= _MOST:
        return ()
    lengths = _COUNTRY_CODES if written[0] == "+" else (1,)
    return tuple(float(figures[length:]) for length in lengths)
