"""Divergence checks: what differs between versions that correspond, where, and how badly."""

from __future__ import annotations

from ._baseline import Baseline, Suppression, fingerprint, read_baseline, write_baseline
from ._glossary import Concept, Glossary, read_glossary
from ._options import CheckOptions, NameFinder
from ._registry import Check, registered
from ._rows import check_rows
from ._run import check, skipped
from ._values import BeadView, Finding, Passage

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
