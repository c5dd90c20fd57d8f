"""The stages in a row: read, segment, encode, align.

Heavy stages are imported when a function is called, so that ``import aligner`` stays light.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from aligner._errors import EncoderError
from aligner._options import AlignOptions
from aligner._tags import base_language
from aligner._timing import stage
from aligner._types import (
    UNKNOWN_LANGUAGE,
    Alignment,
    Comparison,
    Document,
    Segment,
    Signature,
)
from aligner._versions import Version, documents_of, is_cut, keyed

if TYPE_CHECKING:
    import os

    from aligner._encode import Encoder, EncoderLike
    from aligner._progress import ProgressCallback
    from aligner._segment import Segmenter
    from aligner._vectors import SegmentVectors
    from aligner.checks import CheckOptions

_PRECOMPUTED, _GIVEN = "precomputed", "given"


def align(
    first: Version | Mapping[str, Version],
    /,
    *others: Version,
    languages: Sequence[str] | None = None,
    lines: bool = False,
    encoder: EncoderLike | None = None,
    vectors: Mapping[str, object] | Sequence[object] | None = None,
    segmenter: Segmenter | None = None,
    options: AlignOptions | None = None,
    progress: ProgressCallback | None = None,
) -> Alignment:
    """Align two or more versions of a text.

    A version is a path, a whole text, or a list of segments that are already cut. A string of one
    line that names a file is that file, and one that only looks like the name of a text file is an
    error rather than a text of one word. Where strings come from others, do not leave the choice to
    this rule: give a list, a `pathlib.Path`, or ``aligner.read(path)``.

    Args:
        first: a version, or all of them by name. A name that is a language tag is the language.
        languages: of the versions in order; otherwise they are identified.
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
    from aligner._encode import load_encoder
    from aligner._finer import align_cut, cut_again, uncut
    from aligner._segment import segmenter_name

    versions = keyed(first, others)
    options = options or AlignOptions()
    cut = [is_cut(version) for _, version in versions]
    with stage("read and segment"):
        documents = documents_of(versions, languages=languages, lines=lines, segmenter=segmenter)
        # Vectors are those of the segments as they are, and our own sentences need no second cut.
        again = [vectors is None and (lines or given) for given in cut]
        cuts = [
            cut_again(document, options, segmenter) if wanted else uncut(document)
            for document, wanted in zip(documents, again, strict=True)
        ]
    loaded = None if vectors is not None else load_encoder(encoder)
    with stage("encode"):
        finer = [found.finer for found in cuts]
        by_name = _vectors(finer, loaded, vectors, cascade=options.cascade)
    with stage("align"):
        aligned = align_cut(cuts, by_name, options, progress)
    signature = Signature(
        version=_version(),
        encoder=loaded.name if loaded else _PRECOMPUTED,
        segmenter=_GIVEN if all(cut) else segmenter_name(segmenter, lines=lines),
        options=str(options),
    )
    notes = (*_notes(documents, loaded), *_effort(by_name, loaded), *aligned.notes)
    return Alignment(documents, aligned.beads, signature, notes, aligned.ladders)


def compare(
    first: Version | Mapping[str, Version],
    /,
    *others: Version,
    languages: Sequence[str] | None = None,
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


def check(
    alignment: Alignment,
    options: CheckOptions | None = None,
    *,
    progress: ProgressCallback | None = None,
) -> Comparison:
    """Return the alignment with the divergences that the checks find in it.

    Args:
        progress: called with how many beads of how many are done.
    """
    from aligner.checks import check as run

    with stage("check"):
        return run(alignment, options, progress=progress)


def read(
    path: str | os.PathLike[str], *, language: str | None = None, encoding: str | None = None
) -> Document:
    """Return the text of *path* and its blocks, not yet cut into sentences.

    Raises:
        InputError: if the file is missing, binary, or not what it claims to be.
    """
    from aligner import formats

    document = formats.read(path, encoding=encoding)
    return replace(document, language=language) if language else document


def segment(
    text: str, language: str | None = None, *, segmenter: Segmenter | None = None
) -> tuple[Segment, ...]:
    """Return the sentences, headings and items of *text*, with their spans into it.

    Args:
        language: identified from the text if not given.

    >>> [s.text for s in segment("Den 8 maj kom H.E. fram. Han talade.", "sv")]
    ['Den 8 maj kom H.E. fram.', 'Han talade.']
    """
    from aligner._segment import segment as cut

    return tuple(cut(text, language or UNKNOWN_LANGUAGE, segmenter=segmenter))


def _vectors(
    documents: Sequence[Document],
    encoder: Encoder | None,
    vectors: Mapping[str, object] | Sequence[object] | None,
    *,
    cascade: bool,
) -> dict[str, SegmentVectors]:
    from aligner._encode import AdditiveEncoder, load_encoder
    from aligner._vectors import embed, embed_cascade, given

    names = [document.name for document in documents]
    if cascade:
        light = load_encoder()
        if encoder is None or isinstance(encoder, AdditiveEncoder):
            raise ValueError(
                "a cascade needs an encoder heavier than the embedded one: give encoder=, --encoder"
            )
        assert isinstance(light, AdditiveEncoder)  # what ships in the package
        found = {d.name: embed_cascade(d, light, encoder) for d in documents}
    elif encoder is not None:
        found = {document.name: embed(document, encoder) for document in documents}
    else:
        rows = _by_name(vectors or (), names)
        found = {document.name: given(document, rows[document.name]) for document in documents}
    widths = {name: v.sums.shape[1] for name, v in found.items() if len(v)}
    if len(set(widths.values())) > 1:
        widths_text = ", ".join(f"{width} for {name!r}" for name, width in widths.items())
        raise EncoderError(f"vectors of different width: {widths_text}")
    return found


def _by_name(
    vectors: Mapping[str, object] | Sequence[object], names: Sequence[str]
) -> Mapping[str, object]:
    if not isinstance(vectors, Mapping):
        if len(vectors) != len(names):
            raise ValueError(f"vectors for {len(vectors)} of {len(names)} versions")
        return dict(zip(names, vectors, strict=True))
    if set(vectors) != set(names):
        raise ValueError(f"vectors for {', '.join(vectors)}; the versions are {', '.join(names)}")
    return vectors


def _notes(documents: Sequence[Document], encoder: Encoder | None) -> list[str]:
    """Return what a user should know: languages, and versions without text."""
    from aligner._language import mistaken_note

    notes = []
    languages = [document.language for document in documents]
    for language in dict.fromkeys(languages):
        if language != UNKNOWN_LANGUAGE and languages.count(language) > 1:
            same = " and ".join(d.name for d in documents if d.language == language)
            notes.append(f"The versions {same} are in the same language ({language}).")
    texts = [document.text for document in documents]
    for text in dict.fromkeys(texts):
        if text.strip() and texts.count(text) > 1:
            names = [document.name for document in documents if document.text == text]
            same = f"{', '.join(names[:-1])} and {names[-1]}"
            notes.append(f"The versions {same} are the same text.")
    for document in documents:
        if not document.segments:
            of_file = f", {document.path}," if document.path else ""
            notes.append(f"The version {document.name}{of_file} has no segments.")
        elif document.language == UNKNOWN_LANGUAGE:
            notes.append(f"The language of {document.path or document.name} is not known.")
        elif told := mistaken_note(
            document.path or document.name, document.language, document.text
        ):
            notes.append(told)
        elif encoder is not None and not _knows(encoder, document.language):
            notes.append(
                f"The encoder {encoder.name} does not know the language {document.language}; "
                "the alignment may be poor."
            )
    return notes


def _effort(vectors: Mapping[str, SegmentVectors], encoder: Encoder | None) -> Iterator[str]:
    """Yield how many texts were encoded, where that takes its time."""
    texts = sum(found.encoded for found in vectors.values())
    segments = sum(len(found) for found in vectors.values())
    if encoder is not None and texts:
        yield (
            f"{encoder.name} encoded {texts} texts for {segments} segments "
            f"({texts / segments:.2f} a segment)."
        )


def _knows(encoder: Encoder, language: str) -> bool:
    known = encoder.languages
    return known is None or base_language(language) in known


def _version() -> str:
    from aligner import __version__

    return __version__
