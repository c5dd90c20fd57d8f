"""The commands ``check`` and ``compare``: what they print, and their exit codes."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest

from aligner.cli import main

SAMPLES = Path(__file__).resolve().parents[1] / "data/samples/statement"
ROWS = [
    {"id": "a", "en": "It costs 45 euros.", "de": "Es kostet 54 Euro."},
    {"id": "b", "en": "It is good.", "de": "Es ist gut."},
]


@pytest.fixture
def rows(tmp_path: Path) -> str:
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    return str(path)


def test_check_gives_one_json_row_for_each_row(
    rows: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", rows, "--format", "jsonl", "--select", "D2"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["id"] for line in lines] == ["a", "b"]
    (found,) = lines[0]["divergences"]
    assert (found["code"], found["type"], found["odd"]) == ("D201", "number", None)
    assert found["spans"] == {"en": [[9, 11]], "de": [[10, 12]]}
    assert lines[1]["divergences"] == []


def test_check_prints_what_it_found(rows: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", rows, "--select", "D2"]) == 0
    printed = capsys.readouterr()
    assert printed.out == (
        "line 1 (a)\n"
        "    en: It costs 45 euros.\n"
        "    de: Es kostet 54 Euro.\n"
        "  D201 major: number differs: '45' (en) against '54' (de) [0.95]\n"
    )
    assert printed.err == "note: 2 rows, 1 finding, 1 row with findings\n"


@pytest.mark.parametrize(("threshold", "code"), [("major", 1), ("critical", 0), ("never", 0)])
def test_check_fails_on_what_is_grave_enough(rows: str, threshold: str, code: int) -> None:
    assert main(["check", rows, "-q", "--select", "D2", "--fail-on", threshold]) == code


def test_check_refuses_an_unknown_code(rows: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", rows, "--select", "X1"]) == 2
    assert "no check has a code like 'X1'" in capsys.readouterr().err


def test_check_of_a_file_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "nowhere.jsonl"]) == 3
    assert "nowhere.jsonl" in capsys.readouterr().err


def test_check_of_a_file_for_each_version_says_which_command_takes_them(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["check", "en.txt", "de.txt"]) == 2
    assert "aligner compare en.txt de.txt" in capsys.readouterr().err


def test_check_reads_a_table_without_a_header(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "rows.tsv"
    path.write_text("It costs 45 euros.\tEs kostet 54 Euro.\n", encoding="utf-8")
    argv = ["check", str(path), "--languages", "en,de", "--format", "jsonl", "-q"]
    assert main([*argv, "--select", "D2"]) == 0
    assert json.loads(capsys.readouterr().out)["divergences"][0]["code"] == "D201"


@pytest.mark.model
def test_compare_finds_what_is_planted_in_the_statement(
    capsys: pytest.CaptureFixture[str],
) -> None:
    files = [str(SAMPLES / f"{language}.txt") for language in ("en", "de", "sv")]
    assert main(["compare", *files, "--format", "json", "-q", "--fail-on", "critical"]) == 1
    found = json.loads(capsys.readouterr().out)["divergences"]
    seen = {(one["type"], one["odd"]) for one in found}
    planted = {
        ("number", "de"), ("negation", "sv"), ("modality", "de"), ("quantifier", "sv"),
        ("name", "de"), ("unit", "de"), ("date", "sv"), ("untranslated", "de"),
        ("wrong_language", "sv"), ("repetition", "de"), ("missing", "sv"), ("moved", "de"),
        ("terminology", "de"), ("name", "sv"),
    }  # fmt: skip
    assert planted <= seen


def test_what_a_baseline_accepts_is_not_shown_again(
    rows: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    accepted = str(tmp_path / "accepted.json")
    assert main(["check", rows, "-q", "--select", "D2", "--write-baseline", accepted]) == 0
    capsys.readouterr()
    again = tmp_path / "again.jsonl"
    moved = {"id": "z", "en": "It  costs 45 euros!", "de": "Es kostet  54 Euro."}
    other = {"id": "y", "en": "It costs 45 crowns.", "de": "Es kostet 54 Kronen."}
    again.write_text(json.dumps(moved) + "\n" + json.dumps(other) + "\n", encoding="utf-8")
    argv = ["check", str(again), "-q", "--select", "D2", "--baseline", accepted]
    assert main([*argv, "--format", "jsonl"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [len(line["divergences"]) for line in lines] == [0, 1]


def test_a_baseline_that_is_none_is_refused(rows: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", rows, "--baseline", rows]) == 3
    assert "; make one with --write-baseline" in capsys.readouterr().err


def shown(capsys: pytest.CaptureFixture[str], *argv: str) -> list[list[dict[str, object]]]:
    assert main(["check", *argv, "-q", "--format", "jsonl"]) == 0
    return [json.loads(line)["divergences"] for line in capsys.readouterr().out.splitlines()]


def row_file(path: Path, *rows: dict[str, str]) -> str:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return str(path)


def test_a_baseline_survives_edits_elsewhere_in_the_passage(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {"id": "a", "en": "It costs 45 euros in town.", "de": "Es kostet 54 Euro im Ort."}
    after = {"id": "a", "en": "It costs 45 euros in the town.", "de": "Es kostet 54 Euro im Dorf."}
    accepted, select = str(tmp_path / "accepted.json"), ("--select", "D2")
    first = row_file(tmp_path / "first.jsonl", before)
    assert len(shown(capsys, first, *select, "--write-baseline", accepted)[0]) == 1
    second = row_file(tmp_path / "second.jsonl", after)
    assert shown(capsys, second, *select, "--baseline", accepted) == [[]]


def test_a_text_written_into_the_baseline_is_left_out_wherever_it_stands(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = row_file(
        tmp_path / "rows.jsonl",
        {"id": "a", "en": "It costs 45 euros and 9 cents.", "de": "Es kostet 54 Euro und 8 Cent."},
        {"id": "b", "en": "They paid 45 euros.", "de": "Gezahlt wurden 54 Euro."},
    )
    baseline = tmp_path / "accepted.json"
    spans = [{"code": "D201", "version": "de", "text": "54 Euro", "reason": "agreed"}]
    name = "accepted findings of aligner"
    baseline.write_text(json.dumps({"name": name, "findings": [], "spans": spans}), "utf-8")
    found = shown(capsys, texts, "--select", "D2", "--baseline", str(baseline))
    assert [[one["message"] for one in row] for row in found] == [
        ["number differs: '9' (en) against '8' (de)"],
        [],
    ]
    again = str(tmp_path / "again.json")
    shown(capsys, texts, "--baseline", str(baseline), "--write-baseline", again)
    assert json.loads(Path(again).read_text("utf-8"))["spans"] == spans


@pytest.mark.parametrize("spans", ['[{"text": ""}]', '[{"txt": "a"}]', '[{"text": 3}]', "[3]"])
def test_a_broken_suppression_is_refused(
    rows: str, spans: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    baseline = tmp_path / "accepted.json"
    name = "accepted findings of aligner"
    baseline.write_text(f'{{"name": "{name}", "findings": [], "spans": {spans}}}', "utf-8")
    assert main(["check", rows, "--baseline", str(baseline)]) == 3
    assert "is not a baseline file (" in capsys.readouterr().err


def test_settings_choose_checks_their_severity_and_a_glossary(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = row_file(
        tmp_path / "rows.jsonl",
        {"id": "a", "en": "The harbour costs 45 euros.", "de": "Die Anlage kostet 54 Euro."},
    )
    (tmp_path / "terms.csv").write_text("en,de\nharbour,Hafen\n", "utf-8")
    config = tmp_path / "aligner.toml"
    config.write_text(
        '[check]\nselect = ["D2", "D506"]\nglossary = "terms.csv"\n'
        '[check.severities]\nD2 = "style"\nD201 = "critical"\n',
        "utf-8",
    )
    ((number, term),) = shown(capsys, texts, "--config", str(config))
    assert (number["code"], number["severity"]) == ("D201", "critical")
    assert term["message"] == "'harbour' (en) should be 'Hafen' in de"
    assert shown(capsys, texts, "--config", str(config), "--select", "D3") == [[]]


def test_a_severity_for_no_check_is_refused(
    rows: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "aligner.toml"
    config.write_text('[check.severities]\nX1 = "style"\n', "utf-8")
    assert main(["check", rows, "--config", str(config)]) == 2
    assert "no check has a code like 'X1'" in capsys.readouterr().err


def test_a_glossary_that_is_none_is_refused(rows: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", rows, "--glossary", rows]) == 3
    assert "has terms in fewer than two languages" in capsys.readouterr().err


@pytest.mark.model
def test_the_hook_of_pre_commit_fails_on_what_is_grave(
    samples: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hook = (samples.parent.parent / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    name, *arguments = re.findall(r"^  entry: (.+)$", hook, re.M)[0].split()
    assert name == "aligner"
    versions = [str(samples / "statement" / f"{language}.txt") for language in ("en", "de")]
    assert main([*arguments, *versions, "--select", "D201"]) == 1
    assert "84 million" in capsys.readouterr().out
    assert main([*arguments, versions[0], versions[0]]) == 0


def test_several_processes_say_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    several = [{**row, "id": f"{row['id']}{k}"} for k in range(200) for row in ROWS]
    texts = row_file(tmp_path / "rows.jsonl", *several)
    alone = shown(capsys, texts, "--select", "D2", "--workers", "1")
    assert shown(capsys, texts, "--select", "D2", "--workers", "2") == alone
    assert [found[0]["bead"] for found in alone if found] == list(range(0, 400, 2))


def test_no_processes_are_refused(rows: str, capsys: pytest.CaptureFixture[str]) -> None:
    for number in ("-1", "0"):
        assert main(["check", rows, "--workers", number]) == 2
        assert f"workers must be 1 or more, not {number}" in capsys.readouterr().err


def test_what_cannot_be_checked_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    texts = row_file(tmp_path / "rows.jsonl", {"id": "a", "en": "Five.", "fi": "Viisi."})
    assert main(["check", texts, "--select", "D4", "--ignore", "D403"]) == 0
    assert "D401, D402, D404: no word lists for 'fi'" in capsys.readouterr().err
    assert main(["check", texts, "--select", "D403"]) == 0
    assert "no word lists" not in capsys.readouterr().err


def test_standard_input_is_known_by_how_it_begins(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    row = json.dumps({"id": "a", "en": "It costs 45 euros.", "de": "Es kostet 54 Euro."})
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(f"{row}\n".encode())))
    assert main(["check", "-", "--format", "jsonl", "--fail-on", "major"]) == 1
    (found,) = json.loads(capsys.readouterr().out)["divergences"]
    assert found["code"] == "D201"
