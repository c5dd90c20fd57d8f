"""Word links inside a bead: what of one version the other covers, and what it does not."""

from __future__ import annotations

from aligner._words._analyse import Analyser, Analysis, embedded_analyser
from aligner._words._cut import TokenVectors
from aligner._words._judge import load_judge
from aligner._words._links import WordLink, links, links_of_each, word_links
from aligner._words._pair import Pair
from aligner._words._suspicion import Exchange, Suspicion
from aligner._words._suspicions import Evidence
from aligner._words._vocabulary import Vocabulary, Words

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
