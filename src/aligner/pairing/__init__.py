"""Find which files are versions of one text, by what they say and not by what they are called.

    >>> from aligner.pairing import Group
    >>> Group(("a.txt", "b.txt"), ("de", "en"), 0.97).to_dict()
    {'paths': ['a.txt', 'b.txt'], 'languages': ['de', 'en'], 'score': 0.97}

Documents are read, segmented and encoded once. Their vectors name a few candidates for each
(`_candidates`); a monotone path through each pair of candidates decides (`_likeness`); and what
agrees in every direction becomes a group (`_groups`).
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from aligner.pairing._values import Group, LeftOver, Pairing, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aligner._encode import EncoderLike

__all__ = ["Group", "LeftOver", "Pairing", "Unreadable", "pair_documents"]

for _value in (Group, LeftOver, Pairing, Unreadable):
    _value.__module__ = __name__


def pair_documents(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    /,
    *,
    encoder: EncoderLike | None = None,
    names: bool = False,
) -> Pairing:
    """Return the groups of files that are versions of one text, and the files left over.

    A group has one file a language, except where two files of a language are clearly versions of
    the same text. A file that is only a part of another one is left over, with ``is_part`` set.

    Args:
        paths: files and folders; a folder stands for all files in and below it whose names do
            not begin with a dot.
        encoder: the embedded model by default; a name or folder, or any object with ``encode``.
        names: let names count too: ``guide.en.txt`` and ``de/guide.txt`` are more likely versions.

    Raises:
        InputError: for a path that does not exist, or when no file can be read.

    >>> found = pair_documents("data/samples")
    >>> [(group.languages, len(group.paths)) for group in found.groups]
    [(('de', 'en', 'sv'), 3), (('de', 'en', 'sv'), 3)]
    """
    from aligner._encode import load_encoder
    from aligner._files import listed
    from aligner.pairing._candidates import candidates
    from aligner.pairing._groups import grouped
    from aligner.pairing._likeness import Judge
    from aligner.pairing._names import name_keys
    from aligner.pairing._sketch import sketches

    files = listed([paths] if isinstance(paths, (str, os.PathLike)) else paths)
    found, unreadable = sketches(files, load_encoder(encoder))
    keys = name_keys([sketch.path for sketch in found]) if names else None
    judge = Judge(found, keys)
    pairs = candidates(found, keys)
    return grouped(found, judge, pairs, unreadable)
