"""ASS and SSA: subtitles with styles, a block for each line that is spoken, its times as the place.

SRT and WebVTT have a reader of their own (`subtitles`): pysubs2 runs cues with short fractions of
seconds together, and leaves entities and the times inside a cue in the text.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

from aligner._errors import InputError, MissingExtraError
from aligner.formats._blocks import TextBuilder
from aligner.formats._cues import Cue, add_cues

if TYPE_CHECKING:
    from aligner._decode import Source
    from aligner._types import Document


def read(source: Source) -> Document:
    """Return the lines in the order of their times, without styles, comments and drawings."""
    try:
        import pysubs2
    except ImportError as error:
        raise MissingExtraError("reading .ass", "pysubs2", "formats") from error

    builder = TextBuilder()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # of layers and margins, not of text
            subtitles = pysubs2.SSAFile.from_string(source.text, format_="ass")
    except (pysubs2.Pysubs2Error, ValueError, IndexError, KeyError) as error:
        problem = f"is not readable as subtitles ({error})"
        raise InputError(
            source.name, problem, fix="open and save it in a subtitle editor"
        ) from error
    subtitles.sort()
    events = subtitles.get_text_events()
    if not events and source.text.strip():
        fix = 'spoken lines begin with "Dialogue:" under [Events]'
        raise InputError(source.name, "has no subtitles", fix=fix)
    add_cues(builder, (Cue(e.plaintext, _time(e.start), _time(e.end)) for e in events))
    return builder.document(source.name)


def _time(milliseconds: int) -> str:
    seconds, rest = divmod(max(milliseconds, 0), 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{rest:03}"
