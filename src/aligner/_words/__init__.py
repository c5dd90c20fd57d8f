"""Word links inside a bead: what of one version the other covers, and what it does not."""

from __future__ import annotations

from ._analyse import Analyser, Analysis, embedded_analyser
from ._cut import TokenVectors
from ._judge import load_judge
from ._links import WordLink, links, links_of_each, word_links
from ._pair import Pair
from ._suspicions import Evidence, Exchange, Suspicion
from ._vocabulary import Vocabulary, Words

__all__ = [
    "Analyser",
    "Analysis",
    "Evidence",
    "Exchange",
    "Pair",
    "Suspicion",
    "TokenVectors",
    "Vocabulary",
    "WordLink",
    "Words",
    "embedded_analyser",
    "links",
    "links_of_each",
    "load_judge",
    "word_links",
]
