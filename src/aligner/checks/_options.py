"""What a run of the checks is told: which codes, how sure, how grave."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from aligner._types import SEVERITIES, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckOptions:
    """Which checks run and what becomes of their findings.

    Attributes:
        select: codes or their beginnings (``D2``); empty for all that are on by default.
        ignore: codes or beginnings that do not run.
        min_confidence: findings below it are not reported.
        severities: severity by code, where it is not to be the usual one.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    min_confidence: float = 0.5
    severities: Mapping[str, Severity] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        if not 0 <= self.min_confidence <= 1:
            raise ValueError(f"min_confidence must be 0 to 1, not {self.min_confidence}")
        for code, severity in self.severities.items():
            if severity not in SEVERITIES:
                known = ", ".join(SEVERITIES)
                raise ValueError(f"severity of {code} must be one of {known}, not {severity!r}")


CheckOptions.__module__ = "aligner"
