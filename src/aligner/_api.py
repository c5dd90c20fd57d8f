"""The stages in a row: read, segment, encode, align.

Heavy stages are imported when a function is called, so that ``import aligner`` stays light.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from aligner._options import AlignOptions, or_default
from aligner._tags import language_tags
from aligner._timing import stage
from aligner._types import (
    Alignment,
    Comparison,
    Document,
    Signature,
)
from aligner._versions import Languages, Version, documents_of, is_cut, keyed

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping, Sequence

    from aligner._encode import EncoderLike
    from aligner._progress import ProgressCallback
    from aligner._segment import Segmenter
    from aligner.checks import CheckOptions

_PRECOMPUTED, _GIVEN = "precomputed", "given"


def align(
    first: Version | Mapping[str, Version],
    /,
    *others: Version,
    languages: Languages | None = None,
    lines: bool = False,
    encoder: EncoderLike | None = None,
    vectors: Mapping[str, object] | Sequence[object] | None = None,
    segmenter: Segmenter | None = None,
    options: AlignOptions | None = None,
    progress: ProgressCallback | None = None,
) -> Alignment:
    """Align two or more versions of a text.

    A version is a path, a whole text, or segments that are already cut: a list, an array, a column
    of a data frame. A string of one
    line that names a file is that file, and one that only looks like the name of a text file is an
    error rather than a text of one word. Where strings come from others, do not leave the choice to
    this rule: give a list, a `pathlib.Path`, or ``aligner.read(path)``.

    Args:
        first: a version, or all of them by name. A name that is a language tag is the language.
        languages: of the versions in order, or by name; otherwise they are identified.
        lines: files and texts have one segment a line; blank lines are segments too.
        encoder: the embedded model by default; a name or folder, or any object with ``encode``.
        vectors: one row for each segment, by version or in order; nothing is encoded then.
        segmenter: cuts a block of text into sentences, in place of the built-in one.
        options: how beads are looked for.
        progress: called with how many segments of how many are done, over all pairs of versions.

    Raises:
        InputError: for a file that cannot be read.
        EncoderError: for a model that cannot be loaded, or vectors that do not fit.

    >>> alignment = align({"en": ["One.", "Two."], "de": ["Eins.", "Zwei."]})
    >>> [bead.sides for bead in alignment.beads]
    [((0,), (0,)), ((1,), (1,))]
    """
    from aligner import __version__
    from aligner._align._finer import align_cut, cut_again, uncut
    from aligner._encode import load_encoder
    from aligner._notes import notes_on
    from aligner._segment import segmenter_name
    from aligner._vectors import vectors_by_name

    versions, options = keyed(first, others), or_default(options, AlignOptions)
    given = [is_cut(version) for _, version in versions]
    with stage("read and segment"):
        documents = documents_of(versions, languages=languages, lines=lines, segmenter=segmenter)
        # Vectors are those of the segments as they are, and our own sentences need no second cut.
        again = [vectors is None and (lines or cut) for cut in given]
        cuts = [
            cut_again(document, options, segmenter) if wanted else uncut(document)
            for document, wanted in zip(documents, again, strict=True)
        ]
    loaded = load_encoder(encoder) if vectors is None else None
    with stage("encode"):
        finer = [cut.finer for cut in cuts]
        found = vectors_by_name(finer, loaded, vectors, cascade=options.cascade)
    with stage("align"):
        aligned = align_cut(cuts, found, options, progress)
    encoded = loaded.name if loaded else _PRECOMPUTED
    segmented = _GIVEN if all(given) else segmenter_name(segmenter, lines=lines)
    made_by = Signature(__version__, encoded, segmented, str(options))
    notes = tuple(notes_on(documents, aligned.beads, found, loaded))
    return Alignment(documents, aligned.beads, made_by, notes, aligned.ladders)


def compare(
    first: Version | Mapping[str, Version],
    /,
    *others: Version,
    languages: Languages | None = None,
    lines: bool = False,
    encoder: EncoderLike | None = None,
    vectors: Mapping[str, object] | Sequence[object] | None = None,
    segmenter: Segmenter | None = None,
    options: AlignOptions | None = None,
    progress: ProgressCallback | None = None,
    checks: CheckOptions | None = None,
) -> Comparison:
    """Align the versions of a text and say where they differ: `align`, then `check`.

    Args:
        checks: which checks run, and how sure a finding has to be; the others are as in `align`.
        progress: as in `align`, then as in `check`.

    >>> found = compare({"en": ["He owes me 12 euros."], "de": ["Er schuldet mir 21 Euro."]})
    >>> [(d.type, d.severity) for d in found.divergences]
    [('number', 'major')]
    """
    from aligner.checks import check

    alignment = align(
        first,
        *others,
        languages=languages,
        lines=lines,
        encoder=encoder,
        vectors=vectors,
        segmenter=segmenter,
        options=options,
        progress=progress,
    )
    return check(alignment, checks, progress=progress)


def read(
    path: str | os.PathLike[str],
    *,
    language: str | None = None,
    format: str | None = None,
    encoding: str | None = None,
    lines: bool = False,
) -> Document:
    """Return the text of *path* and its blocks, not yet cut into sentences.

    Args:
        language: identified when the text is aligned, if not given and not stated in the file.
        format: where the name and the content of the file do not tell; see `aligner.formats`.
        encoding: UTF-8 by default, else cp1252.
        lines: the file has one segment a line, and all of its text counts.

    Raises:
        InputError: if the file is missing, binary, or not what it claims to be.
        ValueError: if *language* is no language tag.

    >>> document = read("data/samples/statement/en.txt", language="en")
    >>> document.blocks[0].kind, document.text[:28]
    ('boilerplate', 'Published: 18 September 2024')
    """
    from aligner import formats

    document = formats.read(path, format=format, encoding=encoding, lines=lines)
    return replace(document, language=language_tags([language])[0]) if language else document
