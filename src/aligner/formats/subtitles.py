"""SRT and WebVTT: subtitles, a block for each cue, its times as the place."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from aligner._errors import InputError
from aligner.formats._blocks import TextBuilder, squeeze

if TYPE_CHECKING:
    from aligner._types import Document
    from aligner.formats._decode import Source

_TIME = r"(?:\d+:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
_CUE = re.compile(rf"\s*({_TIME})\s*-->\s*({_TIME})[^\n]*")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|</?>|<\d[\d:.]*>|\{\\[^{}]*\}")


def read(source: Source) -> Document:
    """Return the text of the cues; styling tags, notes and cue numbers are left out."""
    builder = TextBuilder()
    text = source.text.replace("\r\n", "\n").replace("\r", "\n")
    cues = 0
    for paragraph in re.split(r"\n[ \t]*\n", text):
        lines = paragraph.strip("\n").split("\n")
        at = next((i for i, line in enumerate(lines[:3]) if _CUE.fullmatch(line)), None)
        if at is None:
            continue
        cues += 1
        match = _CUE.fullmatch(lines[at])
        place = f"{match[1]} --> {match[2]}".replace(",", ".") if match else ""
        spoken = html.unescape(_TAG.sub("", " ".join(lines[at + 1 :])))
        builder.add(squeeze(spoken), place=place)
    if not cues and text.strip():
        fix = "a cue begins with a line such as 00:00:01,000 --> 00:00:04,000"
        raise InputError(source.name, "has no subtitles", fix=fix)
    return builder.document(source.name)
