"""XML read safely and in a stream: no entities, no external access, bounded memory."""

from __future__ import annotations

import re
from contextlib import contextmanager
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

from aligner._errors import InputError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from xml.etree.ElementTree import Element

    from aligner.formats._stream import Stream

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
DEEPEST = 1000  # elements inside one another


@lru_cache(1024)
def local(tag: object) -> str:
    """Return the name of *tag* without its namespace."""
    return str(tag).rpartition("}")[2]


def elements(
    stream: Stream,
    root: str,
    *,
    opens: Collection[str] = (),
    closes: Collection[str] = (),
) -> Iterator[tuple[str, Element]]:
    """Yield ``("start", element)`` for elements named in *opens*, ``("end", element)`` in *closes*.

    An element named in *closes* is complete when it comes, and is dropped afterwards, so that
    memory does not grow with the file.

    Args:
        root: what the outermost element is called.
    """
    from defusedxml.ElementTree import iterparse

    path = stream.name
    parents: list[Element] = []
    with _refusals(path):
        for event, element in iterparse(stream.file(), ("start", "end")):
            name = local(element.tag)
            if event == "start":
                parents.append(element)
                if len(parents) == 1 and name != root:
                    problem = f"is no {root} file: it begins with <{name}>"
                    raise InputError(path, problem, fix="check its extension")
                if len(parents) > DEEPEST:
                    raise _too_deep(path)
                if name in opens:
                    yield "start", element
                continue
            parents.pop()
            if name in closes:
                yield "end", element
                if parents:
                    parents[-1].remove(element)
                    parents[-1].text = None


def parse(data: bytes, path: str) -> Element:
    """Return the root of a whole XML file; *path* is what errors name."""
    from defusedxml.ElementTree import iterparse

    depth = 0
    with _refusals(path):
        for event, element in iterparse(BytesIO(data), ("start", "end")):
            depth += 1 if event == "start" else -1
            if depth > DEEPEST:
                raise _too_deep(path)
            root: Element = element  # it ends last
    return root


def _too_deep(path: str) -> InputError:
    problem = f"has elements nested more than {DEEPEST:,} deep, which is refused"
    return InputError(path, problem, fix="repair the file or export it again")


@contextmanager
def _refusals(path: str) -> Iterator[None]:
    """Turn what the parser raises into an `InputError` with the place."""
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException

    try:
        yield
    except ParseError as error:
        line, column = error.position
        raise InputError(
            path,
            f"is not valid XML ({str(error).split(':')[0]})",
            place=f"line {line}, column {column + 1}",
            fix="repair the file or export it again",
        ) from error
    except DefusedXmlException as error:
        raise InputError(
            path,
            "declares XML entities or external parts, which are refused",
            fix="remove the DOCTYPE from the file",
        ) from error
    except (LookupError, ValueError) as error:  # expat raises either
        raise InputError(
            path, f"has an XML encoding that cannot be read ({error})", fix="save it as UTF-8"
        ) from error


def whole(text: str | None, default: int) -> int:
    """Return a small number that a file gives as *text*; what is none counts as *default*."""
    digits = (text or "").strip()
    return int(digits) if digits.isdecimal() and len(digits) < 9 else default


def escape(text: str) -> str:
    """Return *text* for the content of an element; a carriage return survives reading."""
    text = valid_text(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\r", "&#13;")


def quote(text: str) -> str:
    """Return *text* as the value of an attribute, with its quotes."""
    text = escape(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")
    return f'"{text}"'


def valid_text(text: str) -> str:
    """Return *text* without the control characters that no XML file may contain."""
    return _FORBIDDEN.sub("", text)


_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
