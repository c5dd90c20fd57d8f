"""The words of the page, in English, German and Swedish."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from aligner.report.wording import TYPES, concerned, language_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aligner._types import Divergence

LANGUAGES = {"en": "English", "de": "Deutsch", "sv": "Svenska"}


@dataclass(frozen=True, slots=True)
class Wording:
    """What the page says in one language; ``texts`` has the tables of the file in ``words/``."""

    language: str
    texts: Mapping[str, Mapping[str, Any]]

    def title(self, type: str) -> str:
        """Return a short name for a type of finding."""
        return str(self._type(type)[0])

    def explanation(self, type: str) -> str:
        """Return what a type of finding means, in a sentence."""
        return str(self._type(type)[1])

    def _type(self, type: str) -> Sequence[str]:
        return self.texts.get("types", TYPES)[type]  # type: ignore[no-any-return]  # title, explanation

    def version(self, name: str, language: str) -> str:
        """Return how to call a version: its language, with its key where the two differ."""
        base, _, rest = language.partition("-")
        called = self.texts.get("languages", {}).get(base) or language_name(base)
        called = f"{called} ({rest})" if rest else called
        if name == language:
            return called
        return f"{name} ({called})" if language != "und" else name

    def whose(self, divergence: Divergence, names: Mapping[str, str]) -> str:
        """Return which version a finding is about: ``only in English``, or nothing."""
        how, versions = concerned(divergence, names)
        if not how:
            return ""
        words = self.texts["whose"]
        *most, last = versions
        joined = f"{', '.join(most)} {words['and']} {last}" if most else last
        return str(words[how]).format(names=joined)


@cache
def wording(language: str) -> Wording:
    """Return the words of *language*, English if there are none."""
    known = language if language in LANGUAGES else "en"
    content = files("aligner._review").joinpath("words", f"{known}.toml").read_text("utf-8")
    return Wording(known, tomllib.loads(content))


def preferred(header: str) -> str:
    """Return the first language of an ``Accept-Language`` header that the page speaks."""
    tags = (part.partition(";")[0].strip().lower()[:2] for part in header.split(","))
    return next((tag for tag in tags if tag in LANGUAGES), "en")
