"""What may be left out of a version, put in or said otherwise, and the features it is judged by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from aligner._words._runs import Run

Kind = Literal["omission", "addition"]
RUN_FEATURES = (
    "log score",
    "mean",
    "most",
    "words",
    "letters",
    "share",
    "break before",
    "break after",
    "length ratio",
    "length ratio left",
    "log score the other way",
    "similarity gained without it",
    "rest here",
    "rest there",
    "log least score",
    "kept by the others",
    "witnesses that show the same words",
    "rank",
)
"""Nothing that depends on the field or on how freely a text is translated."""


@dataclass(frozen=True, slots=True, eq=False)
class Suspicion:
    """Words of *text* that *odd* lacks (omission) or has alone (addition).

    Attributes:
        text: place of the text the run stands in; for an addition that is the odd one itself.
        others: the texts it was compared with.
        values: of ``RUN_FEATURES``.
        also: the same words as a further version has them.
    """

    kind: Kind
    odd: int
    text: int
    others: tuple[int, ...]
    run: Run
    values: tuple[float, ...]
    also: tuple[int, Run] | None = None

    @property
    def parts(self) -> tuple[Suspicion, ...]:
        """Itself; an exchange has two."""
        return (self,)

    @property
    def shown(self) -> tuple[tuple[int, Run], ...]:
        """The words by each text that has them."""
        return ((self.text, self.run), *((self.also,) if self.also else ()))


EXCHANGE_FEATURES = (
    *(f"{name}, of both" for name in RUN_FEATURES),
    "log score, the weaker",
    "share, the smaller",
    "words from the place expected",
)


@dataclass(frozen=True, slots=True, eq=False)
class Exchange:
    """Words of the others that *odd* lacks, and at their place words that it has alone.

    Attributes:
        values: of ``EXCHANGE_FEATURES``.
    """

    omitted: Suspicion
    added: Suspicion
    values: tuple[float, ...]

    @property
    def parts(self) -> tuple[Suspicion, ...]:
        """What is left out, and what is put in."""
        return (self.omitted, self.added)

    @property
    def kind(self) -> Literal["exchange"]:
        """What the judge is called."""
        return "exchange"
