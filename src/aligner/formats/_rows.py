"""A row of a bitext, and how the rows of a table are told: its first line names the languages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aligner._errors import InputError
from aligner._tags import language_columns, language_tags
from aligner._types import InlineCode, Segment

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Row:
    """One aligned row: texts by language; an empty text stands for a side without a counterpart.

    Attributes:
        id: as the file has it; a number stays one.
        place: where the row stands in the file, for people: ``line 3``, ``unit 17``.
        codes: by language, the inline codes with their offsets in the text.
    """

    id: str | int
    texts: Mapping[str, str]
    place: str = ""
    codes: Mapping[str, tuple[InlineCode, ...]] = field(
        default_factory=dict, compare=False, repr=False
    )

    def segments(self) -> dict[str, str | Segment]:
        """Return the texts, those with inline codes as segments."""
        return {
            language: Segment(text, 0, len(text), codes=codes)
            if (codes := self.codes.get(language))
            else text
            for language, text in self.texts.items()
        }


def table_rows(
    lines: Iterator[tuple[int, list[str]]], path: str, languages: Sequence[str] | None
) -> Iterator[Row]:
    """Yield the rows of a table whose numbered *lines* are cut into cells."""
    first = next(lines, None)
    if first is None:
        raise InputError(path, "is empty", fix="give a table with a column for each language")
    number, header = first
    columns = language_columns(header)
    names = [name.strip().lower() for name in header]
    id_column = names.index("id") if "id" in names else None
    if len(columns) < 2:
        if languages is None:
            raise InputError(
                path,
                f"names no two languages in its first line ({header[:4]})",
                place="line 1",
                fix="put a line such as id<TAB>en<TAB>de first, or say --languages en,de",
            )
        if not 2 <= len(languages) <= len(header):
            raise InputError(
                path,
                f"has {len(header)} columns in its first line, and {len(languages)} languages "
                f"are named ({', '.join(languages)})",
                place="line 1",
                fix="name a language for each column, two at least",
            )
        columns, id_column = dict(enumerate(language_tags(languages))), None
        yield _table_row(number, header, columns, None)
    _check_distinct(list(columns.values()), path)
    for number, cells in lines:
        if any(cells):
            yield _table_row(number, cells, columns, id_column)


def _check_distinct(names: Sequence[str], path: str) -> None:
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        fix = "name the columns apart, such as en-GB and en-US"
        raise InputError(path, f"names the language {twice!r} twice", place="line 1", fix=fix)


def _table_row(number: int, cells: list[str], columns: dict[int, str], at: int | None) -> Row:
    texts = {tag: cells[i] if i < len(cells) else "" for i, tag in columns.items()}
    name = cells[at] if at is not None and at < len(cells) and cells[at] else str(number)
    return Row(name, texts, f"line {number}")
