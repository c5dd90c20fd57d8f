"""PO: message catalogues of gettext, a source and a target.

Written, a bead is a message: its number is the context, a doubtful one is fuzzy, probability,
layout and findings are comments for the translator.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, BinaryIO

from aligner._errors import InputError, MissingExtraError, OutputError
from aligner.formats._units import Unit, alignment_of, share, units
from aligner.formats.bitext import Row, language_tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from aligner._types import Alignment, Divergence
    from aligner.formats._decode import Source

_DOUBTFUL = 0.5
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"})


def rows(file: BinaryIO, path: str, languages: Sequence[str] | None = None) -> Iterator[Row]:
    """Yield the messages of a PO file; each plural form is a row, obsolete messages are left out.

    The source is taken to be English unless the header has ``X-Source-Language``.
    """
    for unit in _units(file, path, languages):
        yield Row(unit.id, unit.texts, unit.place)


def read_alignment(source: Source) -> Alignment:
    """Return a bead for each message; files that aligner wrote come back as they were."""
    return alignment_of(_units(io.BytesIO(source.data), source.name), source.name)


def _units(file: BinaryIO, path: str, languages: Sequence[str] | None = None) -> Iterator[Unit]:
    try:
        import polib
    except ImportError as error:
        raise MissingExtraError("reading .po", "polib", "formats") from error

    try:
        catalogue = polib.pofile(file.read().decode("utf-8-sig"))
    except (OSError, UnicodeDecodeError, ValueError) as error:
        problem = f"is not a valid PO file ({error})"
        raise InputError(path, problem, fix="check it with msgfmt -c") from error
    first, second = _languages(catalogue.metadata, path, languages)
    for number, entry in enumerate(catalogue, 1):
        if entry.obsolete:
            continue
        name, place = entry.msgctxt or str(number), f"line {entry.linenum}"
        if entry.msgid_plural:
            for form, text in sorted(entry.msgstr_plural.items()):
                message = entry.msgid if form == 0 else entry.msgid_plural
                yield Unit(f"{name}[{form}]", {first: message, second: text}, place=place)
        else:
            said = dict(line.partition(": ")[::2] for line in entry.comment.splitlines())
            layouts, places = (
                {tag: said[f"{what} {tag}"] for tag in (first, second) if f"{what} {tag}" in said}
                for what in ("segments", "place")
            )
            score = said.get("probability", "")
            yield Unit(
                name,
                {first: entry.msgid, second: entry.msgstr},
                layouts,
                share(score),
                "moved" in said,
                place,
                places=places,
            )


def _languages(
    header: Mapping[str, str], path: str, languages: Sequence[str] | None
) -> tuple[str, str]:
    source, target = languages or (
        header.get("X-Source-Language") or "en",
        header.get("Language") or "",
    )
    if not target:
        fix = 'add a line "Language: de\\n" to its header'
        raise InputError(path, "does not say its language", place="header", fix=fix)
    return language_tag(source) or source, language_tag(target) or target


def render(alignment: Alignment, divergences: Iterable[Divergence] = ()) -> str:
    """Return the catalogue of two versions; passages of the target alone cannot stand in it."""
    if len(alignment.documents) != 2:
        number = len(alignment.documents)
        raise OutputError(f"po holds two versions, not {number}; write tmx, or align two at a time")
    source, target = alignment.documents
    header = (
        ("Content-Type", "text/plain; charset=UTF-8"),
        ("Content-Transfer-Encoding", "8bit"),
        ("Language", target.language),
        ("X-Source-Language", source.language),
        ("X-Generator", str(alignment.signature)),
    )
    parts = ['msgid ""\nmsgstr ""\n', *(f'"{k}: {_quoted(v)}\\n"\n' for k, v in header)]
    for unit in units(alignment, divergences):
        if unit.texts[source.name].strip():
            parts += _message(unit, (source.name, source.language), (target.name, target.language))
    return "".join(parts)


def _message(unit: Unit, *versions: tuple[str, str]) -> Iterator[str]:
    yield f"\n#. probability: {unit.probability:.4f}\n"
    if unit.moved:
        yield "#. moved\n"
    for name, language in versions:
        if name in unit.layouts:
            yield f"#. segments {language}: {unit.layouts[name]}\n"
        if name in unit.places:
            yield f"#. place {language}: {' '.join(unit.places[name].split())}\n"
    for finding in unit.findings:
        message = " ".join(finding.message.split())
        yield f"#. {finding.code} {finding.severity}: {message}\n"
    if unit.probability < _DOUBTFUL:
        yield "#, fuzzy\n"
    source, target = (_quoted(unit.texts[name]) for name, _ in versions)
    yield f'msgctxt "{unit.id}"\nmsgid "{source}"\nmsgstr "{target}"\n'


def _quoted(text: str) -> str:
    return text.translate(_ESCAPES)
