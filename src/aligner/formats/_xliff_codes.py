"""Inline codes of XLIFF 2.x as they are, and those of 1.2 as what they are called in 2.x."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aligner.formats._inline import Tag, attributes, breaks_line, start_tag, tag, take_out
from aligner.formats._xml import local

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from xml.etree.ElementTree import Element

    from aligner._types import InlineCode

FAMILY = "xliff"
_POINTS = {"ph", "sc", "ec", "sm", "em"}
_REFERENCES = ("dataRef", "dataRefStart", "dataRefEnd")
# Of 1.2: what stands for a place, for the start and for the end of a pair.
_PLACES, _STARTS, _ENDS = {"x", "ph"}, {"bx", "bpt"}, {"ex", "ept"}


def original_data(unit: Element) -> dict[str, str]:
    """Return what the codes of *unit* (2.x) refer to: content by id."""
    return {
        data.get("id", ""): "".join(data.itertext())
        for group in unit
        if local(group.tag) == "originalData"
        for data in group
    }


def text_and_codes(
    side: Element | None, role: str, originals: Mapping[str, str] | None
) -> tuple[str, tuple[InlineCode, ...]]:
    """Return the text of a source or target, and its inline codes in the words of 2.x.

    Args:
        role: ``source`` or ``target``, to tell apart the data of 1.2, which has no ids of its own.
        originals: of the unit, for 2.x; ``None`` for 1.2.
    """
    if side is None:
        return "", ()
    dialect = _Older(role, side).tag if originals is None else _newer(originals)
    return take_out(side, FAMILY, dialect)


def _character(code: str) -> str:
    """Return the character of a ``cp`` element, which XML itself could not hold."""
    known = re.fullmatch("[0-9A-Fa-f]{1,4}", code)
    return chr(int(code, 16)) if known else "\N{REPLACEMENT CHARACTER}"


def _newer(originals: Mapping[str, str]) -> Callable[[Element], Tag | str | None]:
    def dialect(element: Element) -> Tag | str | None:
        name = local(element.tag)
        if name == "cp":
            return _character(element.get("hex") or "")
        if name not in _POINTS | {"pc", "mrk"}:
            return None
        ids = [element.get(reference, "") for reference in _REFERENCES]
        data = tuple((i, originals[i]) for i in ids if i in originals)
        if name in _POINTS:
            breaks = breaks_line(element, data)
            return Tag(start_tag(element, empty=True), data=data, breaks=breaks)
        return Tag(start_tag(element), f"</{name}>", data)

    return dialect


class _Older:
    """The codes of one source or target of 1.2."""

    def __init__(self, role: str, side: Element) -> None:
        self._role = role
        self._starts = {
            element.get("rid", "") or element.get("id", ""): element.get("id", "")
            for element in side.iter()
            if local(element.tag) in _STARTS
        }

    def tag(self, element: Element) -> Tag | str | None:
        """Return *element* in the words of 2.x; ``mrk`` marks text and is no code."""
        name, identifier = local(element.tag), element.get("id", "")
        if name == "g":
            return Tag(tag("pc", {"id": identifier}), "</pc>")
        data = self._data(element)
        reference = {"dataRef": data[0][0]} if data else {}
        shown = {"equiv": element.get("equiv-text", "")} if element.get("equiv-text") else {}
        pair = element.get("rid", "") or identifier
        if name in _PLACES:
            found = tag("ph", {"id": identifier, **shown, **reference}, empty=True)
        elif name in _STARTS:
            found = tag("sc", {"id": identifier, **shown, **reference}, empty=True)
        elif name in _ENDS and pair in self._starts:
            found = tag("ec", {"startRef": self._starts[pair], **shown, **reference}, empty=True)
        elif name in _ENDS or name == "it":
            kind = "sc" if element.get("pos") == "open" else "ec"
            found = tag(kind, {"id": identifier, "isolated": "yes", **reference}, empty=True)
        else:
            return None
        return Tag(found, data=data, breaks=breaks_line(element))

    def _data(self, element: Element) -> tuple[tuple[str, str], ...]:
        content = "".join(element.itertext())
        if not content or local(element.tag) in {"g", "mrk"}:
            return ()
        key = f"{self._role}-{local(element.tag)}-{attributes(element).get('id', '')}"
        return ((key, content),)
