"""From the cues of subtitles to passages: a sentence that runs over several cues is one.

Each version breaks its sentences where its lines are full, so cues by themselves are no
translations of each other. What is written for those who do not hear (``[door slams]``, ``ANNA:``,
the sign of music) is no speech: it is ``boilerplate`` where it stands alone, and left out before
speech.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aligner.formats._blocks import TextBuilder, squeeze

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aligner._types import Kind

_MUSIC = re.compile(r"[\u2669-\u266c]+")
_SPEAKER = re.compile(
    r"(?:(?<=[-\u2013] )|\A)[^\W\d_a-zà-öø-ÿ][^\W\d_a-zà-öø-ÿ .'-]{1,24}:\s+(?=\S)"
)
_SOUND = re.compile(r"(?:[-\u2013] ?)?(?:\[[^\]]*\]|\([^)]*\))")
_ENDS = re.compile(r"""[.!?\u2026]["'\u201c\u201d\u2019\u00bb)\]]*\Z""")
_OPEN = re.compile(r"(?:\.\.\.|\u2026)\Z")
_TURN = re.compile(r"[-\u2013\u2014]\s")
_LONG = 24  # letters; a shorter cue without a full stop may be a title
_SECONDS = 3.0  # that a sentence may pause
_MOST = 8  # cues of a sentence


@dataclass(frozen=True, slots=True)
class Cue:
    """What is shown at once, from one time to another, as the file writes them."""

    text: str
    begin: str
    end: str

    @property
    def place(self) -> str:
        """Both times."""
        return f"{self.begin} --> {self.end}" if self.end else self.begin


def add_cues(builder: TextBuilder, cues: Iterable[Cue]) -> None:
    """Add a block for each run of cues that ends with a sentence."""
    run: list[Cue] = []
    for cue in _spoken(cues):
        if run and not (len(run) < _MOST and _goes_on(run[-1], cue)):
            _add(builder, run)
            run = []
        run.append(cue)
    if run:
        _add(builder, run)


def _add(builder: TextBuilder, run: list[Cue]) -> None:
    text = " ".join(cue.text for cue in run)
    kind: Kind = "boilerplate" if _SOUND.fullmatch(text) else "text"
    builder.add(text, kind, place=Cue("", run[0].begin, run[-1].end).place)


def _spoken(cues: Iterable[Cue]) -> Iterator[Cue]:
    for cue in cues:
        text = squeeze(_MUSIC.sub(" ", cue.text))
        if not text.isupper():
            text = _SPEAKER.sub("", text)
        if text:
            yield Cue(text, cue.begin, cue.end)


def _goes_on(before: Cue, cue: Cue) -> bool:
    """Whether a sentence runs from one cue to the next.

    It does where the next begins with a small letter; a capital may as well begin what follows a
    title, so the cue before must be full.
    """
    first = cue.text.lstrip(".\u2026 ")[:1]
    if _SOUND.fullmatch(cue.text) or _SOUND.fullmatch(before.text) or _TURN.match(cue.text):
        return False
    if _pause(before.end, cue.begin) > _SECONDS:
        return False
    if _ENDS.search(before.text):
        return first.islower() and bool(_OPEN.search(before.text))
    return first.islower() or len(before.text) >= _LONG


def _pause(end: str, begin: str) -> float:
    """Return how many seconds lie between two times, none where they cannot be read."""
    first, second = _seconds(end), _seconds(begin)
    return 0.0 if first is None or second is None else second - first


def _seconds(time: str) -> float | None:
    match = re.fullmatch(r"(?:(\d+):)?(\d+):(\d+(?:\.\d+)?)", time.replace(",", "."))
    return int(match[1] or 0) * 3600 + int(match[2]) * 60 + float(match[3]) if match else None
