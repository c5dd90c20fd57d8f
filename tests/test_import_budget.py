"""What ``import aligner`` and ``aligner --help`` may load, in a fresh interpreter."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import aligner

HEAVY = {
    "matplotlib",
    "nltk",
    "numba",
    "pandas",
    "punkt",
    "py3langid",
    "safetensors",
    "scipy",
    "sentence_transformers",
    "sklearn",
    "tokenizers",
    "torch",
    "transformers",
}

ALIGNED = "aligner.align(['Ja.'], ['Yes.'], languages=['de', 'en'])"


@pytest.mark.parametrize(
    ("statement", "allowed"),
    [
        ("import aligner", set()),
        ("from aligner.cli import main; main(['--help'])", set()),
        ("from aligner.cli import main; main(['align', '--help'])", set()),
        (
            f"import aligner; {ALIGNED}",
            {"numba", "punkt", "py3langid", "safetensors", "tokenizers"},
        ),
    ],
)
def test_nothing_heavy_is_loaded(statement: str, allowed: set[str]) -> None:
    program = f"{statement}\nimport sys\nprint(*{{m.split('.')[0] for m in sys.modules}})"
    source = Path(aligner.__file__).parent.parent
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": str(source)},
    )
    assert done.returncode == 0, done.stderr
    loaded = set(done.stdout.splitlines()[-1].split())
    assert loaded & HEAVY <= allowed
