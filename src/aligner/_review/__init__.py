"""Review a comparison: settle its beads and findings, in a project file that loses nothing."""

from __future__ import annotations

from aligner._review._api import review
from aligner._review._history import Step
from aligner._review._operations import OPERATIONS, apply, operation_of
from aligner._review._project import Project
from aligner._review._serve import Review, serve, start
from aligner._review._sources import (
    is_project,
    open_or_create,
    open_with,
    project_path,
    read_comparison,
)

__all__ = [
    "OPERATIONS",
    "Project",
    "Review",
    "Step",
    "apply",
    "is_project",
    "open_or_create",
    "open_with",
    "operation_of",
    "project_path",
    "read_comparison",
    "review",
    "serve",
    "start",
]
