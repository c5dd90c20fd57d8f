"""Options and the settings file: what is accepted, and what an error names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aligner import ConfigError
from aligner._options import AlignOptions
from aligner.cli._settings import Settings, load_settings

if TYPE_CHECKING:
    from pathlib import Path


def settings_of(tmp_path: Path, text: str, name: str = "aligner.toml") -> Settings:
    """Return the settings of a file that holds *text*."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return load_settings(path)


def test_a_folder_without_a_settings_file_gives_the_defaults(tmp_path: Path) -> None:
    assert load_settings(folder=tmp_path / "none") == Settings()


def test_every_key_is_read(tmp_path: Path) -> None:
    text = 'encoder = "e5-small"\nlanguages = ["en", "de"]\nlines = true\nformat = "tsv"\n'
    settings = settings_of(
        tmp_path, text + '[align]\nmax_side = 3\nanchors = [["en", 0, "de", 0]]\n'
    )
    assert settings.align == AlignOptions(max_side=3, anchors=(("en", 0, "de", 0),))
    assert (settings.encoder, settings.languages) == ("e5-small", ("en", "de"))
    assert (settings.lines, settings.format) == (True, "tsv")


def test_the_nearest_file_upwards_counts_and_a_foreign_pyproject_does_not(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.aligner.align]\nmax_sum = 5\n")
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (inner / "pyproject.toml").write_text("[tool.other]\nkey = 1\n")
    assert load_settings(folder=inner).align.max_sum == 5
    (inner / "aligner.toml").write_text("[align]\nmax_sum = 4\n")
    assert load_settings(folder=inner).align.max_sum == 4


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("encodr = 'x'", r"unknown key 'encodr'; did you mean 'encoder'\?"),
        ("[align]\nmaxside = 3", r"\[align\]: unknown key 'maxside'; did you mean 'max_side'\?"),
        ("zzz = 1", "unknown key 'zzz'; there are align, check, encoder"),
        ("align = 3", "align must be a table"),
        ("encoder = 3", "encoder must be a string, not 3"),
        ("lines = 'yes'", "lines must be true or false, not 'yes'"),
        ("languages = 'en'", "languages must be a list of strings, not 'en'"),
        ("[align]\nmax_side = 6", "max_side must be 1 to 5, not 6"),
        ("[align]\nmax_side = 2.5", "max_side must be a whole number, not 2.5"),
        ("[align]\nmax_sum = 1", "max_sum must be at least 2, not 1"),
        ("[align]\nnull_price = -1.0", "null_price must be above 0, not -1.0"),
        ("[align]\nhard_breaks = 1", "hard_breaks must be true or false, not 1"),
        ('[align]\nanchors = [["en", -1, "de", 0]]', "an anchor is like"),
        ("[check]\nselct = []", r"\[check\]: unknown key 'selct'; did you mean 'select'\?"),
        ("[check]\nselect = 'D2'", "select must be a list of codes, not 'D2'"),
        ("[check]\nmin_confidence = 2", "min_confidence must be 0 to 1, not 2"),
        ("[check]\nseverities = 3", "severities must be a table, not 3"),
        ("[check.severities]\nD2 = 'bad'", "severity of D2 must be one of style, minor, major"),
        ("[check]\nglossary = 3", "glossary must be the name of a file, not 3"),
        ("[align", "not valid TOML"),
    ],
)
def test_a_bad_settings_file_is_explained(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        settings_of(tmp_path, text)


def test_a_missing_file_and_a_pyproject_without_our_table_are_explained(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load_settings(tmp_path / "none.toml")
    with pytest.raises(ConfigError, match=r"has no \[tool\.aligner\] table"):
        settings_of(tmp_path, "[project]\nname = 'x'\n", "pyproject.toml")


def test_the_text_of_options_names_what_differs_from_the_defaults() -> None:
    assert str(AlignOptions()) == ""
    assert str(AlignOptions(max_side=3, anchors=(("en", 1, "de", 2),))) == (
        "max_side:3|anchors:(('en',1,'de',2),)"
    )
