"""Divergence checks: what differs between versions that correspond, where, and how badly."""

from __future__ import annotations

from aligner.checks._baseline import (
    Baseline,
    Suppression,
    fingerprint,
    read_baseline,
    write_baseline,
)
from aligner.checks._glossary import Concept, Glossary, read_glossary
from aligner.checks._options import CheckOptions, NameFinder
from aligner.checks._registry import Check, registered
from aligner.checks._rows import check_rows
from aligner.checks._run import check, skipped
from aligner.checks._values import BeadView, Finding, Passage

__all__ = [
    "Baseline",
    "BeadView",
    "Check",
    "CheckOptions",
    "Concept",
    "Finding",
    "Glossary",
    "NameFinder",
    "Passage",
    "Suppression",
    "check",
    "check_rows",
    "fingerprint",
    "read_baseline",
    "read_glossary",
    "registered",
    "skipped",
    "write_baseline",
]

for _value in (
    Baseline,
    BeadView,
    Check,
    Concept,
    Finding,
    Glossary,
    NameFinder,
    Passage,
    Suppression,
):
    _value.__module__ = __name__
