"""Versions that are none: said so with the evidence, and the rest is aligned."""

from __future__ import annotations

from test_align import Letters, sentences

import aligner


def align(**versions: list[str]) -> aligner.Alignment:
    return aligner.align(dict(versions), encoder=Letters())


def notes(made: aligner.Alignment) -> tuple[str, ...]:
    """Return the notes but for what the encoder had to do."""
    return tuple(note for note in made.notes if "encoded" not in note)


def test_a_version_that_is_another_text_is_named_and_the_others_are_aligned() -> None:
    lines = sentences(30)
    made = align(en=lines, de=lines, sv=sentences(25, start=100))
    same, note = notes(made)
    assert same == "The versions en and de are the same text."
    assert note.startswith("sv does not appear to be a version of this text: only ")
    assert "of 25 segments (" in note
    assert note.endswith("of the letters) have a counterpart.")
    assert [bead.sides for bead in made.pair("en", "de")] == [((k,), (k,)) for k in range(30)]


def test_two_texts_that_have_nothing_in_common_are_named() -> None:
    made = align(en=sentences(20), de=sentences(25, start=100))
    (note,) = notes(made)
    assert note.startswith("en and de do not appear to be versions of the same text: ")
    assert "of 20 segments" in note
    assert "of 25 segments" in note


def test_an_excerpt_is_a_version_of_the_text() -> None:
    lines = sentences(60)
    (note,) = notes(align(en=lines, de=lines[10:15]))
    assert note.startswith("de lacks 55 of 60 passages of en")


def test_a_version_that_lacks_much_is_named_with_where_it_does() -> None:
    lines = sentences(60)
    some = [line for i, line in enumerate(lines) if i % 10 < 6]
    rest = "lacks {} of 60 passages of en and de{}."
    for version, told in (
        (lines[:30], rest.format(30, "; 30 of them are the last: it may end early")),
        (lines[30:], rest.format(30, "; 30 of them are the first: it may begin late")),
        (some, rest.format(24, ", here and there: it may be abridged")),
        (lines[:20] + lines[40:], rest.format(20, "")),
    ):
        assert notes(align(en=lines, de=lines[:], sv=version))[1:] == (f"sv {told}",)
    assert notes(align(en=lines, de=lines[:], sv=lines[10:]))[1:] == ()


def test_a_passage_that_one_version_has_alone_lacks_in_no_other() -> None:
    lines = sentences(60)
    made = align(en=lines, de=lines[:20] + lines[40:], sv=lines[:20] + lines[40:])
    assert notes(made)[1:] == ()


def test_a_version_that_moved_about_is_a_version_of_the_text() -> None:
    lines = sentences(40)
    assert notes(align(en=lines, de=lines[20:] + lines[:20])) == ()


def test_an_empty_version_leaves_the_others_aligned_and_is_said_to_be_empty() -> None:
    lines = sentences(12)
    made = align(en=lines, de=lines, sv=[])
    assert "The version sv has no segments." in made.notes
    assert [bead.sides for bead in made.beads] == [((k,), (k,), ()) for k in range(12)]


def test_a_version_given_twice_is_aligned_with_itself_and_said_to_be_the_same() -> None:
    lines = sentences(12)
    made = aligner.align(lines, lines, lines, languages=["en", "de", "de"], encoder=Letters())
    assert made.versions == ("en", "de", "de-2")
    assert "The versions en, de and de-2 are the same text." in made.notes
    assert [bead.sides for bead in made.beads] == [((k,), (k,), (k,)) for k in range(12)]


def test_sides_without_any_text_are_no_texts_to_tell_apart() -> None:
    assert notes(align(en=[], de=[])) == (
        "The version en has no segments.",
        "The version de has no segments.",
    )
