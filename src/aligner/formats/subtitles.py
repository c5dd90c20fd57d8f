"""SRT and WebVTT: subtitles, a block for each run of cues, its times as the place."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from aligner._errors import InputError
from aligner.formats._blocks import TextBuilder
from aligner.formats._cues import Cue, add_cues

if TYPE_CHECKING:
    from aligner._decode import Source
    from aligner._types import Document

_TIME = r"(?:\d+:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
_CUE = re.compile(rf"\s*({_TIME})\s*-->\s*({_TIME})[^\n]*")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|</?>|<\d[\d:.]*>|\{\\[^{}]*\}")


def read(source: Source) -> Document:
    """Return the text of the cues; styling tags, notes and cue numbers are left out."""
    builder = TextBuilder()
    text = source.text.replace("\r\n", "\n").replace("\r", "\n")
    cues: list[Cue] = []
    for paragraph in re.split(r"\n[ \t]*\n", text):
        lines = paragraph.strip("\n").split("\n")
        found = ((i, _CUE.fullmatch(line)) for i, line in enumerate(lines[:3]))
        at, match = next(((i, match) for i, match in found if match), (0, None))
        if match is None:
            continue
        begin, end = (time.replace(",", ".") for time in match.groups())
        cues.append(Cue(html.unescape(_TAG.sub("", " ".join(lines[at + 1 :]))), begin, end))
    if not cues and text.strip():
        fix = "a cue begins with a line such as 00:00:01,000 --> 00:00:04,000"
        raise InputError(source.name, "has no subtitles", fix=fix)
    add_cues(builder, cues)
    return builder.document(source.name)
