"""What a review is made of: files to align, a saved comparison, a project that exists."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from aligner._errors import AlignerError, InputError
from aligner._review._conversion import digest
from aligner._review._project import Project
from aligner._review._store import check_place, is_project
from aligner._storage import STDIO
from aligner._versions import documents_of
from aligner.checks import check
from aligner.formats import json

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from aligner._progress import ProgressCallback
    from aligner._types import Comparison, Document
    from aligner.checks import CheckOptions

SUFFIX = ".aligner"


def project_path(paths: Sequence[str]) -> Path:
    """Return where the project of some files is kept if nobody says: beside the first of them.

    >>> project_path(["text/bridge.en.txt", "text/bridge.de.txt"]).name
    'bridge.aligner'
    >>> project_path(["en.docx", "de.docx", "sv.docx"]).name
    'en-de-sv.aligner'
    >>> project_path(["-", "de.txt"]).name
    'review-de.aligner'
    """
    stems = [Path(path).name.partition(".")[0].strip(STDIO) or "review" for path in paths]
    name = "-".join(dict.fromkeys(stems))
    return Path(paths[0]).parent / f"{name[:100]}{SUFFIX}"


def read_comparison(
    path: str, checks: CheckOptions | None = None, *, progress: ProgressCallback | None = None
) -> Comparison:
    """Return the comparison saved in a JSON file, or any bitext with what the checks find in it.

    Args:
        progress: called with how many beads of how many are checked.

    Raises:
        InputError: if the file holds no alignment.
    """
    from aligner import formats
    from aligner._decode import load

    source = load(path)
    format = formats.detect(source.name, source.data)
    if not format.aligned:
        fix = "give two versions or more, or a file such as TMX, XLIFF or JSON"
        raise InputError(path, "is one text, not an aligned file", fix=fix)
    saved = json.read_comparison(source) if format.name == "json" else None
    return saved or check(format.read_alignment(source), checks, progress=progress)


def open_or_create(
    path: Path,
    documents: Sequence[Document],
    compare: Callable[[], Comparison],
    *,
    encoder: str | None = None,
    checks: CheckOptions | None = None,
) -> Project:
    """Open the project at *path* and take in texts that changed; make it where there is none.

    Args:
        documents: the texts as they are now, segmented.
        compare: gives their comparison, where it is needed.

    Raises:
        AlignerError: if there is a project of other versions.
    """
    if not path.exists():
        check_place(path)
        return Project.create(path, compare(), encoder=encoder, checks=checks)
    project = Project.open(path, checks=checks)
    names = tuple(document.name for document in documents)
    if project.state.names != names:
        held = ", ".join(project.state.names)
        project.close()
        raise AlignerError(
            f"{path}: is a review of {held}, not of {', '.join(names)}; "
            "name another file with --project"
        )
    for document in documents:
        take_in(project, document.name, document)
    return project


def take_in(project: Project, version: str, document: Document) -> bool:
    """Update a version if its text is not the one the project has; whether it was."""
    known = project.state.versions[project.state.names.index(version)]
    if known.digest == digest(document):
        return False
    project.update(version, document)
    return True


def open_with(path: str, changed: Sequence[str], checks: CheckOptions | None = None) -> Project:
    """Open a project and take in *changed* files, each for the version it was read from.

    A file belongs to the version whose file had the same name, else to the one in its language.

    Raises:
        InputError: if it is not clear to which version a file belongs.
    """
    project = Project.open(path, checks=checks)
    try:
        for file in changed:
            version, language = _version_of(project, file)
            (document,) = documents_of([(None, Path(file))], languages=[language])
            take_in(project, version, document)
    except BaseException:
        project.close()
        raise
    return project


def _version_of(project: Project, file: str) -> tuple[str, str]:
    versions = project.state.versions
    same = [v for v in versions if v.path and Path(v.path).name == Path(file).name]
    if len(same) != 1:
        (document,) = documents_of([(None, Path(file))])
        same = [v for v in versions if v.language == document.language]
    if len(same) != 1:
        held = ", ".join(f"{v.name} ({v.path})" if v.path else v.name for v in versions)
        fix = f"give it the name of the file it replaces: {held}"
        raise InputError(file, "belongs to no version of the project, or to several", fix=fix)
    return same[0].name, same[0].language


__all__ = ["is_project", "open_or_create", "open_with", "project_path", "read_comparison"]
