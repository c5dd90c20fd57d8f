"""``aligner.review``: from a comparison, a file or a project to a page that is being served."""

from __future__ import annotations

import os
import tempfile
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING

from aligner._review._project import Project
from aligner._review._serve import Review, start
from aligner._review._sources import SUFFIX, is_project, open_or_create, read_comparison
from aligner._types import Comparison

if TYPE_CHECKING:
    from aligner.checks import CheckOptions


def review(
    what: Comparison | str | os.PathLike[str],
    /,
    *,
    project: str | os.PathLike[str] | None = None,
    encoder: str | None = None,
    checks: CheckOptions | None = None,
    port: int = 0,
    editing: bool = True,
    show: bool = False,
) -> Review:
    """Serve a local page on which a comparison is confirmed, corrected and exported.

    The server runs in a thread until `Review.stop`; in a notebook the result is a link. What is
    done on the page is in ``.project.comparison`` at once.

    Args:
        what: a comparison, the file of a project, or a saved comparison, TMX, XLIFF ...
        project: the file that keeps the review; a new one in a temporary folder if not given. One
            that exists is opened, and only the texts that changed are open again.
        encoder: the name of the model to align again with; the embedded one by default.
        checks: the options the comparison was made with.
        port: any free one if 0.
        editing: whether texts may be changed on the page.
        show: open the page in a browser.

    Raises:
        InputError: for a file that holds no alignment.
        MissingExtraError: if the web server is not installed (extra ``review``).
    """
    opened = _project(what, project, encoder, checks)
    found = start(opened, port=port, editing=editing)
    if show:
        webbrowser.open(found.url)
    return found


def _project(
    what: Comparison | str | os.PathLike[str],
    project: str | os.PathLike[str] | None,
    encoder: str | None,
    checks: CheckOptions | None,
) -> Project:
    if not isinstance(what, Comparison):
        if is_project(what):
            return Project.open(what, checks=checks)
        what = read_comparison(os.fspath(what), checks)
    comparison = what
    folder = "" if project else tempfile.mkdtemp(prefix="aligner-")
    path = Path(project or Path(folder, f"review{SUFFIX}"))
    return open_or_create(
        path, comparison.alignment.documents, lambda: comparison, encoder=encoder, checks=checks
    )
