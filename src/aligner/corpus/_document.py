"""One document of a corpus: read, aligned, checked, and put into a line."""

from __future__ import annotations

import warnings
from dataclasses import replace
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from aligner._storage import resolved

if TYPE_CHECKING:
    from aligner._encode import Encoder
    from aligner._types import Alignment, Comparison, Document
    from aligner.checks import CheckOptions
    from aligner.corpus._manifest import Row
    from aligner.corpus._plan import Job


class Aligner:
    """Aligns and checks documents one after another with an encoder that is loaded once.

    Args:
        base: the folder that relative paths are looked for in.
        encoder: instead of that of the job.
    """

    def __init__(self, job: Job, base: str, encoder: Encoder | None = None) -> None:
        from aligner._encode import load_encoder

        self._job = job
        self._base = base
        self.encoder: Encoder = encoder or load_encoder(job.encoder)

    def signature(self) -> dict[str, object]:
        """Return what besides the job decides the bytes of a result."""
        from aligner import __version__
        from aligner._segment import segmenter_name

        return {
            "version": __version__,
            "encoder": self.encoder.name,
            "segmenter": segmenter_name(),
            "data": _data_hash(),
        }

    def record(self, row: Row) -> dict[str, object]:
        """Return the document as plain JSON values.

        Raises:
            AlignerError, ValueError: if it cannot be aligned.
        """
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            comparison = self._compared(row)
        alignment = comparison.alignment
        beads = alignment.to_dicts()
        if not self._job.texts:
            for bead in beads:
                del bead["texts"]
        told = [str(w.message) for w in caught if issubclass(w.category, UserWarning)]
        return {
            "id": row.id,
            "signature": str(alignment.signature),
            "versions": {
                document.name: {
                    "language": document.language,
                    "path": row.paths[document.name],
                    "segments": len(document.segments),
                }
                for document in alignment.documents
            },
            "beads": beads,
            "divergences": [one.to_dict() for one in comparison.divergences],
            "notes": [*alignment.notes, *comparison.skipped, *told],
        }

    def _compared(self, row: Row) -> Comparison:
        from aligner._types import Comparison
        from aligner.checks import check

        alignment = self._aligned(row)
        if not self._job.check:
            return Comparison(alignment, ())
        return check(alignment, self._checks)

    @cached_property
    def _checks(self) -> CheckOptions:
        from aligner.checks import CheckOptions, read_glossary

        job = self._job
        return CheckOptions(
            select=job.select,
            ignore=job.ignore,
            min_confidence=job.min_confidence,
            severities=dict(job.severities),
            glossary=read_glossary(job.glossary) if job.glossary else None,
        )

    def _aligned(self, row: Row) -> Alignment:
        from aligner._api import align
        from aligner._options import AlignOptions

        options, lines = self._options(row)
        return align(
            self._read(row),
            lines=lines,
            encoder=self.encoder,
            options=replace(AlignOptions(), **options),  # type: ignore[arg-type]  # checked inside
        )

    def texts(self, row: Row) -> list[list[str]]:
        """Return the segments of each version, as `record` will have them encoded.

        Raises:
            AlignerError, ValueError: if the document cannot be read.
        """
        from aligner._versions import documents_of

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            documents = documents_of(list(self._read(row).items()), lines=self._options(row)[1])
        return [[segment.text for segment in document.segments] for document in documents]

    def _read(self, row: Row) -> dict[str, Document]:
        from aligner import formats

        lines = self._options(row)[1]
        return {
            version: formats.read(resolved(path, self._base), lines=lines)
            for version, path in row.paths.items()
            if path
        }

    def _options(self, row: Row) -> tuple[dict[str, object], bool]:
        options = dict(self._job.options) | dict(row.options)
        return options, bool(options.pop("lines", False))


def _data_hash() -> str:
    """Return a hash of the fitted weights and word lists: they decide as much as the version."""
    import aligner

    package = Path(aligner.__file__).parent
    digest = blake2b(digest_size=8)
    for folder in (package / "data", package / "checks" / "data"):
        for path in sorted(folder.iterdir()):
            if path.is_file():
                digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()
