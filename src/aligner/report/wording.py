"""The plain words of the reports: names of languages, titles and explanations of findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aligner._types import Divergence, Document

SEVERITY_SIGNS = {"critical": "◆", "major": "▲", "minor": "●", "style": "○"}
SEVERITY_MEANINGS = {
    "critical": "readers are told something else",
    "major": "the meaning differs",
    "minor": "a nuance or a detail differs",
    "style": "a matter of form",
}

# Title, and what the finding means to somebody who does not know the checks.
TYPES: dict[str, tuple[str, str]] = {
    "missing": (
        "Missing passage",
        "A whole sentence, heading or caption of one version has no counterpart.",
    ),
    "omission": ("Left out", "Part of a sentence is not rendered in the other version."),
    "addition": ("Added", "Part of a sentence says something that the other version does not."),
    "number": ("Number", "The versions give different numbers."),
    "date": ("Date", "The versions give different dates or times."),
    "unit": ("Unit", "The versions measure in different units, or the amounts do not agree."),
    "name": ("Name", "A name stands in one version and not, or differently, in the other."),
    "negation": ("Negation", "One version denies what the other affirms."),
    "modality": ("Obligation", "Must, may, should or can: the versions bind to different degrees."),
    "quantifier": (
        "Quantity word",
        "All, some, few: the versions speak of different amounts.",
    ),
    "untranslated": ("Not translated", "Text was left in the language of another version."),
    "wrong_language": ("Wrong language", "A passage is in another language than its version."),
    "repetition": ("Repetition", "A passage or word is repeated in one version only."),
    "moved": ("Moved", "The passage stands in another place in one version."),
    "order": ("Order", "The same things are listed in another order."),
    "terminology": ("Terminology", "The same term is rendered in different ways."),
    "punctuation": ("Punctuation", "Question marks, quotes or brackets do not correspond."),
    "structure": ("Structure", "Headings, lists or paragraphs are built differently."),
    "length": ("Length", "One version is much longer or shorter than expected."),
    "meaning": ("Meaning", "The passages correspond, but seem to say different things."),
}

_LANGUAGES = {
    "ar": "Arabic", "bg": "Bulgarian", "ca": "Catalan", "cs": "Czech", "cy": "Welsh", "da":
    "Danish", "de": "German", "el": "Greek", "en": "English", "es": "Spanish", "et": "Estonian",
    "eu": "Basque", "fa": "Persian", "fi": "Finnish", "fr": "French", "ga": "Irish", "gl":
    "Galician", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "is":
    "Icelandic", "it": "Italian", "ja": "Japanese", "ko": "Korean", "lt": "Lithuanian", "lv":
    "Latvian", "mt": "Maltese", "nb": "Norwegian Bokmål", "nl": "Dutch", "nn":
    "Norwegian Nynorsk", "no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian",
    "ru": "Russian", "sk": "Slovak", "sl": "Slovenian", "sq": "Albanian", "sr": "Serbian", "sv":
    "Swedish", "tr": "Turkish", "uk": "Ukrainian", "zh": "Chinese",
}  # fmt: skip
RIGHT_TO_LEFT = {"ar", "fa", "he", "ur", "yi"}


def language_name(tag: str) -> str:
    """Return the English name of a language tag: ``de-CH`` is ``German (CH)``."""
    base, _, rest = tag.partition("-")
    name = _LANGUAGES.get(base)
    if name is None:
        return tag
    return f"{name} ({rest})" if rest else name


def version_name(name: str, language: str) -> str:
    """Return how to call a version: its language, with its key where the two differ."""
    called = language_name(language)
    if name == language:
        return called
    return f"{name} ({called})" if called != "und" else name


def version_names(documents: Sequence[Document]) -> dict[str, str]:
    """Return by name how to call each version."""
    return {d.name: version_name(d.name, d.language) for d in documents}


def join(words: Sequence[str]) -> str:
    """Return *words* as an enumeration: ``a, b and c``."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def count(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun: ``1 finding``, ``2 findings``, ``12,345 findings``."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def title(divergence: Divergence) -> str:
    """Return a short name for the kind of finding."""
    return TYPES[divergence.type][0]


def explanation(divergence: Divergence) -> str:
    """Return what this kind of finding means, in a sentence."""
    return TYPES[divergence.type][1]


def concerned(
    divergence: Divergence, names: Mapping[str, str]
) -> tuple[Literal["not_in", "only_in", "differs", ""], list[str]]:
    """Return which versions, by their *names* for people, a finding is about, and in what way."""
    marked = {v for v, spans in divergence.spans.items() if any(len(s) for s in spans)}
    unmarked = [name for version, name in names.items() if version not in marked]
    if divergence.type in {"missing", "omission"} and marked and unmarked:
        return "not_in", unmarked
    if divergence.type == "addition" and marked and unmarked:
        return "only_in", [name for version, name in names.items() if version in marked]
    odd = names.get(divergence.odd or "")
    return ("differs", [odd]) if odd else ("", [])


def whose(divergence: Divergence, names: Mapping[str, str]) -> str:
    """Return which version is concerned: ``only in English``, ``German differs`` or nothing."""
    how, versions = concerned(divergence, names)
    if how == "differs":
        return f"{join(versions)} differs"
    return f"{how.replace('_', ' ')} {join(versions)}" if how else ""
