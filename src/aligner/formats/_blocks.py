"""Text put together from the parts of a file: what readers of structured formats share."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from aligner._captions import is_caption
from aligner._language import contradicting
from aligner._types import UNKNOWN_LANGUAGE, Block, Document, Kind
from aligner._warn import warn
from aligner.formats._boilerplate import is_boilerplate

_SPACE = re.compile(r"[ \t\r\n\f]+")


def squeeze(text: str) -> str:
    """Return *text* with each run of white space as one space; no-break spaces stay."""
    return _SPACE.sub(" ", text).strip(" ")


@dataclass(slots=True)
class TextBuilder:
    """Blocks added one after another become a document, each on a line of its own."""

    blocks: list[Block] = field(default_factory=list)
    _texts: list[str] = field(default_factory=list)
    _end: int = -1

    def add(self, text: str, kind: Kind = "text", level: int = 0, place: str = "") -> None:
        """Add a block; one without text is left out.

        What comes as plain ``text`` may still be a caption or a line that sites add.
        """
        text = text.strip()
        if not text:
            return
        if kind == "text" and is_caption(text):
            kind = "caption"
        elif kind == "text" and len(text) <= 240 and is_boilerplate(text):
            kind = "boilerplate"
        start = self._end + 1
        self._end = start + len(text)
        self._texts.append(text)
        self.blocks.append(Block(start, self._end, kind, level, place))

    def document(self, path: str, language: str = "") -> Document:
        """Return what was added, as one document; its text may belie the *language* stated."""
        text = "\n".join(self._texts)
        if language and (found := contradicting(language, text)):
            warn(f"{path}: says it is in {language}, but its text is in {found}; read as {found}")
            language = found
        return Document(text, tuple(self.blocks), (), language or UNKNOWN_LANGUAGE, path=path)


def warn_of_edits(name: str, inserted: int, deleted: int, notes: int) -> None:
    """Warn of what a reader of the document would see in another place or not at all."""
    if inserted or deleted:
        warn(
            f"{name}: has tracked changes, read as if accepted "
            f"({inserted} insertions kept, {deleted} deletions left out)"
        )
    if notes:
        warn(f"{name}: its footnotes and endnotes ({notes}) stand after the text")
