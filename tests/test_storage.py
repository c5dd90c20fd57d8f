"""Files that lie elsewhere: through fsspec, with the same errors as files here."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

import aligner
from aligner import InputError, MissingExtraError, OutputError, _storage, formats
from aligner._save import save

if TYPE_CHECKING:
    from pathlib import Path

pytest.importorskip("fsspec")


@pytest.fixture
def memory() -> str:
    """Return the URL of a folder in memory that nobody else uses."""
    from uuid import uuid4

    return f"memory://{uuid4().hex}"


def test_a_document_is_read_from_and_an_alignment_written_to_a_url(memory: str) -> None:
    for version, text in (("en", "One. Two."), ("de", "Eins. Zwei.")):
        save(text.encode(), f"{memory}/{version}.txt")
    alignment = aligner.align(f"{memory}/en.txt", f"{memory}/de.txt", languages=["en", "de"])
    alignment.write(f"{memory}/out/found.json")
    assert formats.read_alignment(f"{memory}/out/found.json").beads == alignment.beads
    assert _storage.names(f"{memory}/out") == ["found.json"]


def test_what_is_not_there_is_one_clear_error(memory: str) -> None:
    with pytest.raises(InputError, match="no such file"):
        formats.read(f"{memory}/none.txt")
    with pytest.raises(InputError, match="cannot be read"):
        formats.read("nowhere-known://a/b.txt")
    with pytest.raises(OutputError, match="cannot be written"):
        save(b"", "nowhere-known://a/b.txt")


def test_without_fsspec_the_command_that_installs_it_is_named(
    memory: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == "fsspec"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "fsspec", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'aligner\[remote\]'"):
        formats.read(f"{memory}/en.txt")


@pytest.mark.parametrize("remote", [False, True])
def test_files_are_listed_joined_and_removed(remote: bool, memory: str, tmp_path: Path) -> None:
    folder = _storage.join(memory if remote else str(tmp_path), "run")
    assert _storage.names(folder) == []
    _storage.make_folder(folder)
    place = _storage.join(folder, "a.txt")
    for content in (b"one", b"two"):
        with _storage.writing(place) as file:
            file.write(content)
    assert _storage.read_bytes(place) == b"two"
    assert _storage.names(folder) == ["a.txt"]
    assert (_storage.is_file(place), _storage.is_file(folder)) == (True, False)
    assert _storage.resolved("a.txt", folder) == place
    assert _storage.resolved(place, "elsewhere") == place
    assert _storage.parent(place) == folder
    for _ in range(2):
        _storage.remove(place)
    assert _storage.names(folder) == []
