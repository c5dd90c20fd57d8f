"""What a user should know of a run, one sentence each: languages, texts, the effort of encoding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aligner._align._related import of_versions
from aligner._language import mistaken_note
from aligner._tags import base_language
from aligner._types import UNKNOWN_LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from aligner._encode import Encoder
    from aligner._types import Bead, Document
    from aligner._vectors import SegmentVectors


def notes_on(
    documents: Sequence[Document],
    beads: Sequence[Bead],
    vectors: Mapping[str, SegmentVectors],
    encoder: Encoder | None,
) -> Iterator[str]:
    """Yield what is odd about the *documents*, how many texts were encoded, and what is no version.

    Args:
        vectors: by name.
        encoder: ``None`` where the vectors were precomputed.
    """
    yield from _same_language(documents)
    yield from _same_text(documents)
    for document in documents:
        yield from _of_version(document, encoder)
    yield from _effort(vectors)
    yield from of_versions(documents, beads)


def _same_language(documents: Sequence[Document]) -> Iterator[str]:
    languages = [document.language for document in documents]
    for language in dict.fromkeys(languages):
        if language != UNKNOWN_LANGUAGE and languages.count(language) > 1:
            same = " and ".join(d.name for d in documents if d.language == language)
            yield f"The versions {same} are in the same language ({language})."


def _same_text(documents: Sequence[Document]) -> Iterator[str]:
    texts = [document.text for document in documents]
    for text in dict.fromkeys(texts):
        if text.strip() and texts.count(text) > 1:
            names = [document.name for document in documents if document.text == text]
            same = f"{', '.join(names[:-1])} and {names[-1]}"
            yield f"The versions {same} are the same text."


def _of_version(document: Document, encoder: Encoder | None) -> Iterator[str]:
    """Yield the gravest thing that a user should know of one version, if there is any."""
    called = document.path or document.name
    if not document.segments:
        of_file = f", {document.path}," if document.path else ""
        yield f"The version {document.name}{of_file} has no segments."
    elif document.language == UNKNOWN_LANGUAGE:
        yield f"The language of {called} is not known."
    elif told := mistaken_note(called, document.language, document.text):
        yield told
    elif encoder is not None and not _knows(encoder, document.language):
        yield (
            f"The encoder {encoder.name} does not know the language {document.language}; "
            "the alignment may be poor."
        )


def _knows(encoder: Encoder, language: str) -> bool:
    known = encoder.languages
    return known is None or base_language(language) in known


def _effort(vectors: Mapping[str, SegmentVectors]) -> Iterator[str]:
    """Yield how many texts were encoded, where that takes its time."""
    asked = [one for found in vectors.values() for one in found.asked]
    texts = sum(len(one.known) for one in asked)
    segments = sum(len(found) for found in vectors.values())
    if texts:
        yield (
            f"{asked[0].encoder.name} encoded {texts} texts for {segments} segments "
            f"({texts / segments:.2f} a segment)."
        )
