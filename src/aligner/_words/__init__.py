"""Word links inside a bead: what of one version the other covers, and what it does not."""

from __future__ import annotations

from ._analyse import Analyser, Analysis, Pair, embedded_analyser
from ._cut import TokenVectors, Words
from ._judge import Suspicion, load_judge, suspicions
from ._links import WordLink, links, links_of_each, word_links

__all__ = [
    "Analyser",
    "Analysis",
    "Pair",
    "Suspicion",
    "TokenVectors",
    "WordLink",
    "Words",
    "embedded_analyser",
    "links",
    "links_of_each",
    "load_judge",
    "suspicions",
    "word_links",
]
