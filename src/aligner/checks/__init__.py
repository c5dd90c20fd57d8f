"""Divergence checks: what differs between versions that correspond, where, and how badly."""

from __future__ import annotations

from ._baseline import fingerprint, read_baseline, write_baseline
from ._options import CheckOptions
from ._registry import BeadView, Check, Finding, Passage, registered
from ._run import check, check_rows

__all__ = [
    "BeadView",
    "Check",
    "CheckOptions",
    "Finding",
    "Passage",
    "check",
    "check_rows",
    "fingerprint",
    "read_baseline",
    "registered",
    "write_baseline",
]
