"""The report of a comparison: made as data, then rendered in one of several formats."""

from __future__ import annotations

import importlib
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aligner import formats
from aligner._errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Callable

    from aligner._types import Comparison
    from aligner.report.summary import Summary

__all__ = ["FORMATS", "Report", "holds_findings", "render", "render_any", "write"]


def _html(comparison: Comparison) -> str:
    from aligner.report.html import html

    return html(comparison)


def _json(comparison: Comparison) -> str:
    from aligner.report.json import to_json

    return to_json(comparison)


def _markdown(comparison: Comparison) -> str:
    from aligner.report.markdown import markdown

    return markdown(comparison)


def _sarif(comparison: Comparison) -> str:
    from aligner.report.sarif import sarif

    return sarif(comparison)


def _text(comparison: Comparison) -> str:
    from aligner.report.text import text

    return text(comparison)


FORMATS: dict[str, Callable[[Comparison], str]] = {
    "html": _html,
    "json": _json,
    "markdown": _markdown,
    "sarif": _sarif,
    "text": _text,
}
_WITH_FINDINGS = ("csv", "po", "tmx", "xliff")
SUFFIXES = {
    ".html": "html",
    ".htm": "html",
    ".json": "json",
    ".md": "markdown",
    ".sarif": "sarif",
    ".txt": "text",
    ".xlsx": "xlsx",
}


def render(comparison: Comparison, format: str) -> str:
    """Return the report of *comparison* in *format*: html, json, markdown, sarif or text."""
    if format not in FORMATS:
        raise ValueError(f"unknown report format {format!r}; there are {', '.join(FORMATS)}")
    return FORMATS[format](comparison)


def holds_findings(format: str) -> bool:
    """Whether a format of reports or of bitexts has a place for findings."""
    return format in FORMATS or format in _WITH_FINDINGS or format == "xlsx"


def render_any(comparison: Comparison, format: str) -> bytes:
    """Return the report, or the bitext, with the findings where the format holds them."""
    from aligner._save import encoded

    if format == "xlsx":
        from aligner.report.workbook import workbook

        return workbook(comparison.alignment, comparison.divergences)
    if format in FORMATS:
        return encoded(render(comparison, format))
    if format in _WITH_FINDINGS:
        module = importlib.import_module(f"aligner.formats.{format}")
        text: str = module.render(comparison.alignment, comparison.divergences)
        return encoded(text)
    return formats.render(comparison.alignment, format)


def write(
    comparison: Comparison, path: str | os.PathLike[str], *, format: str | None = None
) -> None:
    """Write the report to *path*, whole or not at all; ``xlsx`` is a format here as well.

    Without *format* the extension decides. ``-`` is standard output and needs *format*.
    """
    from aligner._save import save

    name = format or SUFFIXES.get(os.path.splitext(os.fspath(path))[1].lower(), "")
    if name not in (*FORMATS, "xlsx"):
        known = ", ".join([*FORMATS, "xlsx"])
        raise OutputError(f"{os.fspath(path)}: no report format; say format= or --format ({known})")
    save(render_any(comparison, name), path)


@dataclass(frozen=True, slots=True)
class Report:
    """The report of a comparison in every format; in a notebook it shows itself."""

    comparison: Comparison

    def __repr__(self) -> str:
        found = len(self.comparison.divergences)
        return f"<Report of {found} divergences; .open() shows it, .write_html(path) keeps it>"

    @property
    def summary(self) -> Summary:
        """The numbers and sentences at the top of the report."""
        from aligner.report.summary import summarize

        return summarize(self.comparison)

    def html(self) -> str:
        """Return one self-contained page, readable without JavaScript."""
        return _html(self.comparison)

    def json(self) -> str:
        """Return the published JSON schema."""
        return _json(self.comparison)

    def markdown(self) -> str:
        """Return the summary and the findings as Markdown."""
        return _markdown(self.comparison)

    def sarif(self) -> str:
        """Return the findings as SARIF 2.1.0."""
        return _sarif(self.comparison)

    def text(self) -> str:
        """Return the summary and the findings as plain text."""
        return _text(self.comparison)

    def write(self, path: str | os.PathLike[str], *, format: str | None = None) -> None:
        """Write the report to *path*, in the format of its extension."""
        write(self.comparison, path, format=format)

    def write_html(self, path: str | os.PathLike[str]) -> None:
        """Write the page to *path*, whole or not at all."""
        write(self.comparison, path, format="html")

    def open(self) -> None:
        """Show the page in a browser; its file stays in the temporary folder."""
        import tempfile
        import webbrowser
        from pathlib import Path

        path = Path(tempfile.mkdtemp(prefix="aligner-")) / "report.html"
        self.write_html(path)
        webbrowser.open(path.as_uri())

    def _repr_html_(self) -> str:
        from aligner.report.notebook import comparison_html

        return comparison_html(self.comparison)
