"""Plain text: the structure of a page, told from its lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aligner._types import Block, Document

if TYPE_CHECKING:
    from aligner.formats._decode import Source

_LINE = re.compile(r"[^\r\n]+")


def read(source: Source) -> Document:
    """Return the text and its paragraphs, headings, captions, items and boilerplate lines."""
    text = source.text
    return Document(text, blocks(text), path=source.name)


def blocks(text: str) -> tuple[Block, ...]:
    """Return the blocks of a plain text, in order; blank lines belong to none."""
    return tuple(Block(m.start(), m.end()) for m in _LINE.finditer(text) if not m.group().isspace())
