"""Language tags: which strings are one, how they are written, and their language alone."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from aligner._types import UNKNOWN_LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# ISO 639-1, and the three-letter codes that translation files use for languages without one.
# "id" (Indonesian) is left out: in a table of rows it is the name of the row.
_CODES = """
aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv
dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia ie ig
ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg
mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn
ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt
tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu gsw nds fil yue haw ceb hsb dsb frr sco sma smj
smn sms ckb kab lij lmo
"""
_LANGUAGES = frozenset(_CODES.split())
_NAMES = {
    "en": "english englisch engelska engelsk",
    "de": "german deutsch tyska tysk",
    "sv": "swedish schwedisch svenska svensk",
    "da": "danish d\u00e4nisch danska dansk",
    "no": "norwegian norwegisch norska norsk",
    "nl": "dutch niederl\u00e4ndisch nederl\u00e4ndska nederlands",
    "fi": "finnish finnisch finska suomi",
    "fr": "french franz\u00f6sisch franska fran\u00e7ais",
    "es": "spanish spanisch spanska espa\u00f1ol",
    "it": "italian italienisch italienska italiano",
    "pt": "portuguese portugiesisch portugisiska portugu\u00eas",
    "pl": "polish polnisch polska polski",
}
_CALLED = {name: tag for tag, names in _NAMES.items() for name in names.split()}
_TAG = re.compile(r"([A-Za-z]{2,3})((?:[-_][A-Za-z0-9]{2,8})*)$")


@lru_cache(1024)
def language_tag(name: str) -> str | None:
    """Return *name* as a BCP 47 tag in its usual case (``EN_us`` is ``en-US``), or ``None``."""
    match = _TAG.match(name.strip())
    if not match or match[1].lower() not in _LANGUAGES:
        return None
    parts = re.findall(r"[A-Za-z0-9]+", match[2])
    cased = [p.upper() if len(p) == 2 else p.title() if len(p) == 4 else p.lower() for p in parts]
    return "-".join([match[1].lower(), *cased])


def language_columns(header: Sequence[str]) -> dict[int, str]:
    """Return which columns of a table are in which language, as its first line names them.

    >>> language_columns(["id", "en_US", "de", "note"])
    {1: 'en-US', 2: 'de'}
    >>> language_columns(["Key", "English", "German"])
    {1: 'en', 2: 'de'}
    >>> language_columns(["order no", "text_en", "text_de"])
    {1: 'en', 2: 'de'}
    """
    found = {i: tag for i, name in enumerate(header) if (tag := language_tag(name))}
    if len(found) > 1:
        return found
    alike: dict[tuple[str, ...], dict[int, str]] = {}
    for i, name in enumerate(header):
        words = re.findall(r"[^\W_]+", name.lower())
        for k, word in enumerate(words):
            if tag := _CALLED.get(word) or language_tag(word if words[1:] else name):
                alike.setdefault((*words[:k], "", *words[k + 1 :]), {})[i] = tag
    return max(alike.values(), key=lambda tags: len(set(tags.values())), default=found)


def languages_of_paths(paths: Sequence[str]) -> list[str]:
    """Return the language tags by which *paths* differ, if they do so by nothing else.

    >>> languages_of_paths(["help/en/start.html", "help/sv/start.html"])
    ['en', 'sv']
    >>> languages_of_paths(["start.en.html", "other.sv.html"])
    []
    """
    for marks in (r"[/\\.]", r"[/\\._-]"):
        parts = [re.split(marks, path) for path in paths]
        if len({*map(len, parts)}) == 1:
            differing = {column for column in zip(*parts, strict=True) if len({*column}) > 1}
            tags = {tuple(language_tag(part) or "" for part in column) for column in differing}
            found = [*tags.pop()] if len(tags) == 1 else []
            if found and all(found) and len({*found}) == len(found):
                return found
    return []


def told_apart(languages: Sequence[str], paths: Sequence[str]) -> list[str]:
    """Return *languages* as found, or those that *paths* name where two are the same, or unknown.

    A page that nobody has translated yet looks like the original, and stands in ``sv/`` all the
    same.

    >>> told_apart(["en", "en"], ["help/en/start.html", "help/sv/start.html"])
    ['en', 'sv']
    >>> told_apart(["en", "und"], ["start.en.html", "start.sv.html"])
    ['en', 'sv']
    >>> told_apart(["en", "en"], ["start.html", "again.html"])
    ['en', 'en']
    """
    if len({*languages}) < len(languages) or UNKNOWN_LANGUAGE in languages:
        said = languages_of_paths(paths)
        if said and {*map(base_language, languages)} <= {
            *map(base_language, said),
            UNKNOWN_LANGUAGE,
        }:
            return said
    return list(languages)


def language_tags(names: Iterable[str]) -> list[str]:
    """Return the *names* that somebody gave for languages as tags.

    Raises:
        TypeError: for what is no string.
        ValueError: for a name that is no language tag.
    """
    tags = []
    for name in names:
        if not isinstance(name, str):
            raise TypeError(f"a language is a tag such as 'en' or 'de-CH', not {name!r}")
        tag = name if name == UNKNOWN_LANGUAGE else language_tag(name)
        if tag is None:
            raise ValueError(f"{name!r} is not a language tag such as 'en' or 'de-CH'")
        tags.append(tag)
    return tags


@lru_cache(1024)
def base_language(tag: str) -> str:
    """Return the language of a tag without its script and region.

    >>> base_language("de-CH")
    'de'
    """
    return re.split("[-_]", tag, maxsplit=1)[0].lower()
