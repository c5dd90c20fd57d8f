"""Review a comparison: settle its beads and findings, in a project file that loses nothing."""

from __future__ import annotations

from aligner.review._operations import OPERATIONS, apply, operation_of
from aligner.review._project import Project, Step

__all__ = ["OPERATIONS", "Project", "Step", "apply", "operation_of"]
