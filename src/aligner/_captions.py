"""Lines that name a picture or who made it."""

from __future__ import annotations

import re

_PICTURE = (
    r"photo|foto|fotograf|image|picture|bild|bildquelle|grafik|illustration|video|credit|fotos"
)
_CAPTION = re.compile(
    rf"\(?(?:{_PICTURE})(?:\s+(?:by|von|av))?\s*:.*"
    r"|(?:figure|fig\.|figur|abbildung|abb\.|table|tabelle|tabell|diagram|bild|karte|karta|map|chart)"
    r"\s+\d+[a-z]?\s*[.:\u2013\u2014-].*",
    re.IGNORECASE | re.DOTALL,
)
_CREDIT = re.compile(
    rf"[(\[](?:{_PICTURE})(?:\s+(?:by|von|av)\b|\s*[:/©])[^()\[\]]*[)\]]\.?\Z"
    rf"|[.!?)]\s+(?:photo|foto|bild)(?:\s+(?:by|von|av))?:[^.!?]{{2,60}}\.?\Z",
    re.IGNORECASE,
)


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
