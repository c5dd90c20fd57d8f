"""What a request of the page says, and what it is answered where it is refused."""

from __future__ import annotations

import warnings
from dataclasses import replace
from typing import TYPE_CHECKING

from starlette.responses import JSONResponse, Response

from aligner._review._safety import TooLarge
from aligner._review._wording import wording

if TYPE_CHECKING:
    from starlette.requests import Request

    from aligner._review._wording import Wording
    from aligner._types import Document


async def body_of(request: Request, longest: int) -> bytes:
    """Return what a request carries; raise `TooLarge` beyond so many bytes."""
    found = bytearray()
    async for part in request.stream():
        found += part
        if len(found) > longest:
            raise TooLarge
    return bytes(found)


def uploaded(data: bytes, name: str, language: str) -> tuple[Document, list[str]]:
    """Return the text of an uploaded file, segmented, and what is doubtful about it.

    Nothing is written to disk.
    """
    from aligner._decode import Source
    from aligner._segment import segment_document
    from aligner.formats import detect

    with warnings.catch_warnings(record=True) as doubts:
        warnings.simplefilter("always", UserWarning)
        document = detect(name, data).read(Source(name or "upload", data))
    cut = segment_document(replace(document, language=language), language=language)
    return cut, [str(doubt.message) for doubt in doubts]


def words_of(request: Request) -> Wording:
    """Return the words of the language that the page is shown in."""
    return wording(request.cookies.get("language", ""))


def number_of(text: str) -> int:
    """Return a number that stands in an address; raise ``ValueError`` if it is none."""
    if not text.isascii() or not text.isdigit() or len(text) > 15:
        raise ValueError(f"no number: {text[:20]!r}")
    return int(text)


async def refused(request: Request, error: Exception) -> Response:
    """Answer with what is wrong about a request."""
    message = str(error) or type(error).__name__
    safe = message.encode("utf-8", "replace").decode()
    return JSONResponse({"error": safe}, status_code=400)


async def too_large(request: Request, error: Exception) -> Response:
    """Answer that a request carries too much."""
    return JSONResponse({"error": "this is too large"}, status_code=413)
