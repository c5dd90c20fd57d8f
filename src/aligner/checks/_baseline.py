"""Findings that were looked at and accepted, kept in a file so that they are not shown again.

    {
     "name": "accepted findings of aligner",
     "findings": ["0c5f...", "9a41..."],
     "spans": [{"code": "D201", "version": "de", "text": "48 Jahre", "reason": "so in the source"}]
    }

A finding of the list ``findings`` (``--write-baseline`` makes it) is known by its code and by the
words it points at with their neighbours. So it survives another alignment, other offsets, changed
punctuation and edits elsewhere; once those words change, it is shown again.

``spans`` is written by hand: findings whose code begins so are left out as long as they touch this
text in this version, wherever it stands. ``code`` and ``version`` may be left out.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from aligner._errors import InputError
from aligner._json import json_value
from aligner._save import save

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from os import PathLike

    from aligner._types import Divergence

_NAME = "accepted findings of aligner"
_NOISE = re.compile(r"[\W_]+")
_WORD = re.compile(r"\w+")
_NEIGHBOURS = 2  # words on either side of a finding
_REACH = 80  # characters in which these are looked for


@dataclass(frozen=True, slots=True)
class Suppression:
    """A piece of text whose findings are accepted."""

    text: str
    code: str = ""
    version: str = ""
    reason: str = ""

    def __post_init__(self) -> None:
        if not all(isinstance(value, str) for value in asdict(self).values()):
            raise TypeError("text, code, version and reason must be strings")
        if not self.text.strip():
            raise ValueError("text must not be empty")

    def covers(self, divergence: Divergence, texts: Mapping[str, str]) -> bool:
        """Whether *divergence* touches this text; *texts* is what its spans point into."""
        if not divergence.code.startswith(self.code):
            return False
        return any(
            found < span.end and span.start < found + len(self.text)
            for version, spans in divergence.spans.items()
            if self.version in ("", version)
            for span in spans
            for found in _occurrences(self.text, texts[version], span.start, span.end)
        )


@dataclass(frozen=True, slots=True)
class Baseline:
    """What was accepted: findings by fingerprint, and pieces of text."""

    findings: frozenset[str] = frozenset()
    spans: tuple[Suppression, ...] = ()

    def accepts(self, divergence: Divergence, texts: Mapping[str, str]) -> bool:
        """Whether *divergence* was accepted; *texts* is what its spans point into."""
        if self.findings and fingerprint(divergence, texts) in self.findings:
            return True
        return any(one.covers(divergence, texts) for one in self.spans)


def _occurrences(text: str, whole: str, start: int, end: int) -> Iterator[int]:
    """Yield where *text* stands so near that it may touch a span."""
    at = whole.find(text, max(0, start - len(text)), end + len(text))
    while at >= 0:
        yield at
        at = whole.find(text, at + 1, end + len(text))


def fingerprint(divergence: Divergence, texts: Mapping[str, str]) -> str:
    """Return what identifies a finding; *texts*, by version, is what its spans point into."""
    parts = [divergence.code]
    for version, spans in sorted(divergence.spans.items()):
        for span in spans:
            before = _WORD.findall(texts[version], max(0, span.start - _REACH), span.start)
            after = _WORD.findall(texts[version], span.end, span.end + _REACH)
            marked = texts[version][span.start : span.end]
            near = " ".join((*before[-_NEIGHBOURS:], marked, *after[:_NEIGHBOURS]))
            parts += [version, _NOISE.sub("", near).lower()]
    return blake2b("\x1f".join(parts).encode(), digest_size=12).hexdigest()


def read_baseline(path: str | PathLike[str]) -> Baseline:
    """Return the accepted findings in a baseline file.

    Raises:
        InputError: if it cannot be read as one.
    """
    try:
        content = json_value(Path(path).read_text("utf-8"))
        found = content["findings"]
        if content["name"] != _NAME or not all(isinstance(one, str) for one in found):
            raise ValueError("no list of findings")
        spans = tuple(Suppression(**entry) for entry in content.get("spans", ()))
    except OSError as error:
        problem = f"cannot be read ({error.strerror})"
        raise InputError(str(path), problem, fix="check the path") from error
    except (ValueError, KeyError, TypeError) as error:
        fix = "make one with --write-baseline"
        raise InputError(str(path), f"is not a baseline file ({error})", fix=fix) from error
    return Baseline(frozenset(found), spans)


def write_baseline(
    path: str | PathLike[str], fingerprints: Iterable[str], spans: Iterable[Suppression] = ()
) -> None:
    """Write a baseline file, its findings sorted, so that it compares well."""
    kept = [{key: value for key, value in asdict(one).items() if value} for one in spans]
    content = {"name": _NAME, "findings": sorted(set(fingerprints)), "spans": kept}
    save(json.dumps(content, indent=1, ensure_ascii=False) + "\n", path)
