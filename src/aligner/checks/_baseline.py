"""Findings that were looked at and accepted, kept in a file so that they are not shown again.

A finding is known by its code, the texts of its bead without marks and spaces, and what it
points at there. So it survives another alignment, other offsets and changed punctuation; once the
words of the passage change, it is shown again.
"""

from __future__ import annotations

import json
import re
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from aligner._errors import InputError
from aligner.formats._decode import json_value, save

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from aligner._types import Divergence

_NAME = "accepted findings of aligner"
_NOISE = re.compile(r"[\W_]+")


def fingerprint(divergence: Divergence, texts: Mapping[str, str]) -> str:
    """Return what identifies a finding in the *texts* of its bead, by version."""
    parts = [divergence.code]
    for version in sorted(texts):
        parts.append(_NOISE.sub("", texts[version]).lower())
        if divergence.spans.get(version):
            parts.append(version)
    parts.append(json.dumps(divergence.evidence, sort_keys=True, default=str))
    return blake2b("\x1f".join(parts).encode(), digest_size=12).hexdigest()


def read_baseline(path: str | Path) -> frozenset[str]:
    """Return the fingerprints in a baseline file.

    Raises:
        InputError: if it cannot be read as one.
    """
    try:
        content = json_value(Path(path).read_text("utf-8"))
        found = content["findings"]
        if content["name"] != _NAME or not all(isinstance(one, str) for one in found):
            raise ValueError
    except OSError as error:
        problem = f"cannot be read ({error.strerror})"
        raise InputError(str(path), problem, fix="check the path") from error
    except (ValueError, KeyError, TypeError) as error:
        fix = "make one with --write-baseline"
        raise InputError(str(path), "is not a baseline file", fix=fix) from error
    return frozenset(found)


def write_baseline(path: str | Path, fingerprints: Iterable[str]) -> None:
    """Write fingerprints to a baseline file, sorted, so that it compares well."""
    content = {"name": _NAME, "findings": sorted(set(fingerprints))}
    save((json.dumps(content, indent=1) + "\n").encode(), path)
