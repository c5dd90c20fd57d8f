"""EPUB: the chapters of a book in reading order."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from aligner._decode import decode
from aligner._errors import InputError
from aligner._tags import language_tag
from aligner.formats._blocks import TextBuilder
from aligner.formats._xml import local, parse
from aligner.formats._zip import member, open_zip
from aligner.formats.html import walk

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from aligner._decode import Source
    from aligner._types import Document

_KIND = "epub"


def read(source: Source) -> Document:
    """Return the text of the chapters; the place of a block is its chapter and line."""
    builder = TextBuilder()
    with open_zip(source.data, source.name, _KIND) as archive:
        locked = _encrypted(archive, source.name)
        folder, package = _package(archive, source.name)
        stated = next((e.text or "" for e in package.iter() if local(e.tag) == "language"), "")
        language = language_tag(stated) or ""
        for number, href in enumerate(_spine(package), 1):
            path = posixpath.normpath(posixpath.join(folder, unquote(href)))
            if path in locked:
                fix = "use a copy without protection"
                raise InputError(source.name, "is encrypted", place=path, fix=fix)
            markup = decode(member(archive, path, source.name, _KIND), f"{source.name}, {path}")
            language = walk(markup, builder, place=f"chapter {number}, line {{line}}") or language
    return builder.document(source.name, language)


def _package(archive: zipfile.ZipFile, name: str) -> tuple[str, Element]:
    """Return the folder of the package file, and the file."""
    container = parse(member(archive, "META-INF/container.xml", name, _KIND), name)
    path = next((e.get("full-path") for e in container.iter() if local(e.tag) == "rootfile"), None)
    if path is None:
        raise InputError(name, "names no package file", place="META-INF/container.xml")
    return posixpath.dirname(path), parse(member(archive, path, name, _KIND), f"{name}, {path}")


def _encrypted(archive: zipfile.ZipFile, name: str) -> set[str]:
    """Return the members that are encrypted; fonts often are, and do not matter."""
    path = "META-INF/encryption.xml"
    if path not in archive.namelist():
        return set()
    root = parse(member(archive, path, name, _KIND), f"{name}, {path}")
    return {unquote(e.get("URI", "")) for e in root.iter() if local(e.tag) == "CipherReference"}


def _spine(package: Element) -> Iterator[str]:
    """Yield the chapter files in reading order; the table of contents is left out."""
    items = {e.get("id"): e for e in package.iter() if local(e.tag) == "item"}
    for reference in package.iter():
        if local(reference.tag) != "itemref" or reference.get("linear") == "no":
            continue
        item = items.get(reference.get("idref"))
        if item is not None and "nav" not in (item.get("properties") or "").split():
            yield item.get("href") or ""
