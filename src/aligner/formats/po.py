"""PO: message catalogues of gettext."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from aligner._errors import InputError, MissingExtraError
from aligner.formats.bitext import Row, language_tag

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def rows(file: BinaryIO, path: str, languages: Sequence[str] | None = None) -> Iterator[Row]:
    """Yield the messages of a PO file; each plural form is a row, obsolete messages are left out.

    The source is taken to be English unless the header has ``X-Source-Language``.
    """
    try:
        import polib
    except ImportError as error:
        raise MissingExtraError("reading .po", "polib", "formats") from error

    try:
        catalogue = polib.pofile(file.read().decode("utf-8-sig"))
    except (OSError, UnicodeDecodeError, ValueError) as error:
        problem = f"is not a valid PO file ({error})"
        raise InputError(path, problem, fix="check it with msgfmt -c") from error
    source, target = languages or (
        catalogue.metadata.get("X-Source-Language") or "en",
        catalogue.metadata.get("Language") or "",
    )
    if not target:
        fix = 'add a line "Language: de\\n" to its header'
        raise InputError(path, "does not say its language", place="header", fix=fix)
    first, second = language_tag(source) or source, language_tag(target) or target
    for number, entry in enumerate(catalogue, 1):
        if entry.obsolete:
            continue
        name = entry.msgctxt or str(number)
        place = f"line {entry.linenum}"
        if entry.msgid_plural:
            for form, text in sorted(entry.msgstr_plural.items()):
                message = entry.msgid if form == 0 else entry.msgid_plural
                yield Row(f"{name}[{form}]", {first: message, second: text}, place)
        else:
            yield Row(name, {first: entry.msgid, second: entry.msgstr}, place)
