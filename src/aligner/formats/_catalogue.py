"""The messages of a PO file, read line by line.

By hand, as the libraries for it hold the whole file in memory, and count other characters than line
feeds as the ends of lines.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aligner._errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LINE = re.compile(
    r'(?:(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d{1,3})\])?\s*)?"([^"\\]*(?:\\.[^"\\]*)*)"'
)
_ESCAPE = re.compile(r"\\(.)")
_MEANT = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "a": "\a"}
_SOURCE, _CONTEXT = ("msgid", 0), ("msgctxt", 0)


@dataclass(slots=True)
class Message:
    """One entry of the catalogue.

    Attributes:
        line: the first of the entry, from 1.
        comments: those that tools extracted (``#.``).
        texts: what the entry says, by keyword and number of the form (0 where it has none).
    """

    line: int
    obsolete: bool = False
    comments: list[str] = field(default_factory=list)
    texts: dict[tuple[str, int], str] = field(default_factory=dict)

    @property
    def context(self) -> str:
        """What tells it apart from messages with the same source."""
        return self.texts.get(_CONTEXT, "")

    @property
    def sources(self) -> list[str]:
        """The source, and its plural where it has one."""
        return [self.texts[key] for key in (_SOURCE, ("msgid_plural", 0)) if key in self.texts]

    @property
    def targets(self) -> list[str]:
        """The translation of each form, in order; one that is not there is empty."""
        forms = {form: text for (name, form), text in self.texts.items() if name == "msgstr"}
        return [forms[form] for form in sorted(forms)] or [""]


def messages(lines: Iterable[tuple[int, str]], path: str) -> Iterator[Message]:
    """Yield the entries of a catalogue, its header among them, from numbered *lines*.

    Raises:
        InputError: for a line that belongs to no entry, with its number.
    """
    message = Message(0)
    key: tuple[str, int] | None = None
    for number, line in lines:
        text = line.strip()
        if obsolete := text.startswith("#~"):
            text = text[2:].lstrip()
        if not text or (obsolete and text.startswith("|")):
            continue
        match = None if text.startswith("#") else _LINE.fullmatch(text)
        stated = (match[1], int(match[2] or 0)) if match and match[1] else None
        if _begins_another(message, text, stated):
            yield message
            message, key = Message(number), None
        message.line = message.line or number
        if text.startswith("#"):
            message.comments += [text[2:].strip()] if text.startswith("#.") else []
            continue
        key = stated or key
        if match is None or key is None:
            fix = "check it with msgfmt -c"
            raise InputError(path, "is not a valid PO file", place=f"line {number}", fix=fix)
        message.obsolete = message.obsolete or obsolete
        message.texts[key] = message.texts.get(key, "") + _ESCAPE.sub(_meant, match[3])
    if message.texts:
        yield message


def _begins_another(message: Message, text: str, stated: tuple[str, int] | None) -> bool:
    """Whether a line with *text* is no longer part of *message*."""
    if text.startswith("#"):
        return any(name == "msgstr" for name, _ in message.texts)
    return stated in (_SOURCE, _CONTEXT) and _SOURCE in message.texts


def _meant(match: re.Match[str]) -> str:
    return _MEANT.get(match[1], match[1] if match[1] in "\\\"'?" else match[0])
