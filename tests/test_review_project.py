"""The project file: nothing acknowledged is lost, and what was settled survives changed texts."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from _comparisons import comparison

import aligner
from aligner import Bead, Comparison, Document, InputError, OutputError, evaluate, formats
from aligner._review import Project, start
from aligner._review._corrections import Edit, Link, Merge, Move, Split, Unlink
from aligner._review._decisions import Comment, Confirm, Settle
from aligner._review._operations import Redo, Undo
from aligner._review._store import is_project

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TOWN = {
    "en": [
        "The council met on Monday in the old town hall.",
        "Twelve members voted for the new tram line.",
        "The line will cost 340 million euros.",
        "Work begins in the spring of next year.",
        "Two bridges have to be widened for the tram.",
        "Residents may send their objections until May.",
        "The mayor thanked everybody for their patience.",
        "The next meeting takes place in June.",
    ],
    "de": [
        "Der Rat tagte am Montag im alten Rathaus.",
        "Zwölf Mitglieder stimmten für die neue Straßenbahnlinie.",
        "Die Linie wird 430 Millionen Euro kosten.",
        "Die Arbeiten beginnen im Frühjahr des nächsten Jahres.",
        "Zwei Brücken müssen für die Straßenbahn verbreitert werden.",
        "Anwohner können ihre Einwände bis Mai einreichen.",
        "Der Bürgermeister dankte allen für ihre Geduld.",
        "Die nächste Sitzung findet im Juni statt.",
    ],
}


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Return a project of three versions whose sentences the embedded model knows little of."""
    with Project.create(tmp_path / "bridge.aligner", comparison()) as made:
        yield made


def town(tmp_path: Path, shift: int = 0) -> Project:
    """Return a project of two versions; with *shift* so many beads in the middle are off by one."""
    made = aligner.compare(TOWN)
    beads = list(made.alignment.beads)
    if shift:
        names = made.alignment.versions
        off = [Bead(names, ((k,), (k + 1,)), 0.4) for k in range(2, 2 + shift)]
        beads[2 : 3 + shift] = [
            Bead(names, ((), (2,)), 0.4),
            *off,
            Bead(names, ((2 + shift,), ()), 0.4),
        ]
    wrong = Comparison(replace(made.alignment, beads=tuple(beads)), made.divergences)
    return Project.create(tmp_path / "town.aligner", wrong if shift else made)


def sides(project: Project) -> list[tuple[tuple[int, ...], ...]]:
    return [bead.sides for bead in project.comparison.alignment.beads]


def test_a_project_opens_as_it_was_closed(project: Project) -> None:
    order = project.state.order
    project.perform(Merge(order[1]))
    project.perform(Comment("ask the author", row=order[0]))
    project.perform(Undo())
    project.perform(Confirm((order[0],)))
    with Project.open(project.path) as again:
        assert again.state == project.state
        assert (again.can_undo, again.can_redo) == (True, False)
        again.perform(Undo())
        again.perform(Undo())
        assert not again.can_undo
        assert again.comparison.alignment.beads == comparison().alignment.beads
        again.perform(Redo())
        assert again.comparison.alignment.beads[1].type == "2-2-2"


def test_every_operation_is_taken_in_as_it_was_logged(project: Project) -> None:
    project.perform(Merge(project.state.order[1]))
    row = project.state.rows[project.state.order[1]]
    project.perform(Split(project.state.order[1], segment=row.sides[0][1]))
    project.perform(Move(row.sides[1][1], down=False))
    project.perform(Link(project.state.order[:2]))
    assert project.number == 4
    with Project.open(project.path) as again:
        assert again.state == project.state


def test_there_is_nothing_to_undo_at_first(project: Project) -> None:
    with pytest.raises(ValueError, match="there is nothing to undo"):
        project.perform(Undo())
    with pytest.raises(ValueError, match="there is nothing to redo"):
        project.perform(Redo())
    assert project.number == 0


def test_two_processes_on_one_file_take_in_each_others_work(project: Project) -> None:
    order = project.state.order
    with Project.open(project.path) as other:
        other.perform(Merge(order[0]))
        with pytest.raises(ValueError, match="it may have been merged"):
            project.perform(Confirm((order[1],)))
        project.perform(Confirm((order[2],)))
        assert other.number == project.number == 2
        assert other.state == project.state
        assert [step.number for step in other.steps(1)] == [2]


@pytest.mark.model
def test_one_correction_puts_the_rest_of_a_broken_stretch_right(tmp_path: Path) -> None:
    with town(tmp_path, shift=4) as project:
        assert sides(project)[2:8] == [
            ((), (2,)),
            *(((k,), (k + 1,)) for k in range(2, 6)),
            ((6,), ()),
        ]
        project.perform(Move(project.state.rows[project.state.order[2]].sides[1][0], down=True))
        assert sides(project)[2] == ((2,), (2, 3))
        step = project.follow_up()
        assert step is not None
        assert sides(project) == [((k,), (k,)) for k in range(8)]
        assert [d.type for d in project.comparison.divergences] == ["number"]
        assert [bead.locked for bead in project.comparison.alignment.beads][1:4] == [
            False,
            True,
            False,
        ]
        project.perform(Undo())
        assert sides(project)[2] == ((), (2,))


@pytest.mark.model
def test_what_was_confirmed_stays_whatever_is_corrected_around_it(tmp_path: Path) -> None:
    with town(tmp_path, shift=4) as project:
        kept = project.state.order[4]
        before = project.state.rows[kept].sides
        project.perform(Confirm((kept,)))
        project.perform(Move(project.state.rows[project.state.order[2]].sides[1][0], down=True))
        project.follow_up()
        assert project.state.rows[kept].sides == before


@pytest.mark.model
def test_findings_follow_the_text_and_keep_their_decisions(tmp_path: Path) -> None:
    with town(tmp_path) as project:
        number, found = next(iter(project.state.findings.items()))
        project.perform(Settle((number,), "accepted", "wrong in German"))
        german = project.state.rows[found.row].sides[1][0]
        project.perform(Merge(project.state.order[1]))
        project.follow_up()
        (again,) = project.state.findings.values()
        assert (again.status, again.reason) == ("accepted", "wrong in German")
        project.perform(Edit(german, "Die Linie wird 340 Millionen Euro kosten."))
        project.follow_up()
        assert project.state.findings == {}
        project.perform(Undo())
        assert len(project.state.findings) == 1


@pytest.mark.model
def test_after_a_new_version_only_what_changed_is_open_again(tmp_path: Path) -> None:
    with town(tmp_path) as project:
        project.perform(Confirm(project.state.order))
        (number,) = project.state.findings
        project.perform(Settle((number,), "dismissed", "the sum was corrected later"))
        lines = [*TOWN["de"][:4], "Drei Brücken müssen verbreitert werden.", *TOWN["de"][5:]]
        lines.insert(7, "Danach gab es Kaffee und Kuchen.")
        step = project.update("de", Document.from_segments(lines, language="de"))
        assert step is not None
        assert step.whole
        beads = project.comparison.alignment.beads
        assert [bead.sides for bead in beads if not bead.locked] == [((4,), (4,)), ((), (7,))]
        assert project.comparison.alignment.documents[1].text == "\n".join(lines)
        assert project.state.findings[number].status == "dismissed"
        assert {f.type for f in project.comparison.divergences} >= {"number"}
        assert project.update("de", Document.from_segments(lines, language="de")) is None
        project.perform(Undo())
        assert all(bead.locked for bead in project.comparison.alignment.beads)


def test_a_version_that_is_not_there_is_not_updated(project: Project) -> None:
    with pytest.raises(ValueError, match="no version 'fr'; there are en, de, sv"):
        project.update("fr", Document.from_segments(["Bonjour."]))
    with pytest.raises(ValueError, match="the new text of 'de' has no segments"):
        project.update("de", Document.from_segments([]))


def test_exports_say_what_the_project_holds(project: Project, tmp_path: Path) -> None:
    order = project.state.order
    dismissed = next(n for n, f in project.state.findings.items() if f.code == "D211")
    project.perform(Merge(order[0]))
    project.perform(Settle((dismissed,), "dismissed"))
    for name in ("out.tmx", "out.json", "out.xliff", "out.xlsx"):
        project.write(tmp_path / name)
        held = formats.read_alignment(tmp_path / name)
        assert [b.sides for b in held.beads] == sides(project), name
    assert "D211" not in (tmp_path / "out.tmx").read_text()
    assert "D102" in (tmp_path / "out.tmx").read_text()
    project.write(tmp_path / "out.html")
    html = (tmp_path / "out.html").read_text()
    assert "dürfen" in html
    assert "<dürfen>" not in html
    with pytest.raises(OutputError, match="no format has this extension"):
        project.write(tmp_path / "out.exe")


def test_gold_scores_only_what_was_confirmed(project: Project, tmp_path: Path) -> None:
    order = project.state.order
    project.perform(Unlink(order[0], version=2))
    project.perform(Confirm(order[1:3]))
    project.write(tmp_path / "gold", format="gold")
    (tmp_path / "predicted.ladder").write_bytes(formats.render(comparison().alignment, "ladder"))
    scores = evaluate.files(tmp_path / "gold" / "gold.tsv", tmp_path / "predicted.ladder")
    assert (scores.strict.right, scores.strict.predicted, scores.strict.gold) == (2, 3, 3)
    assert (tmp_path / "gold" / "de.txt").read_text().splitlines()[0] == "Eine neue Brücke"


def test_training_rows_are_confirmed_and_without_accepted_findings(
    project: Project, tmp_path: Path
) -> None:
    project.perform(Confirm(project.state.order))
    wrong = next(n for n, f in project.state.findings.items() if f.code == "D211")
    project.perform(Settle((wrong,), "accepted"))
    project.write(tmp_path / "rows.jsonl", format="training")
    assert len((tmp_path / "rows.jsonl").read_text().splitlines()) == 4


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + b"\0" * 100])
def test_another_file_is_no_project(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.aligner").write_bytes(content)
    with pytest.raises(InputError, match="is not a review project; make one with"):
        Project.open(tmp_path / "x.aligner")
    with pytest.raises(InputError, match="no such file"):
        Project.open(tmp_path / "y.aligner")


def test_a_damaged_project_is_an_error_that_names_it(project: Project) -> None:
    path = project.path
    project.close()
    data = bytearray(path.read_bytes())
    data[1000:] = bytes(len(data) - 1000)
    path.write_bytes(data)
    assert is_project(path)
    with pytest.raises(InputError, match=r"bridge\.aligner"):
        Project.open(path)


def test_a_project_is_read_or_said_to_be_damaged_wherever_it_is(project: Project) -> None:
    project.perform(Confirm(project.state.order))
    path = project.path
    project.close()
    whole, found = path.read_bytes(), []
    for place in range(100, len(whole), 997):
        path.write_bytes(whole[:place] + b"\xfa\xd6" * 20 + whole[place + 40 :])
        try:
            with Project.open(path) as damaged:
                assert len(damaged.comparison.alignment) == 5
        except InputError as error:
            found.append(str(error))
    assert len(found) > 5
    assert all(message.startswith(f"{path}: ") for message in found)


def test_a_page_is_not_served_where_nothing_can_be_saved(project: Project) -> None:
    pytest.importorskip("uvicorn", reason="the extra review is not installed")
    project.check_writable()
    project._store._base.execute("PRAGMA query_only=ON")  # as of a file that is read-only
    with pytest.raises(OutputError, match=r"nothing can be saved there \(.*; make the file w"):
        start(project)
    assert len(project.comparison.alignment) == 5


_WORKER = """
import sys
from aligner._review import Project
from aligner._review._corrections import Merge
from aligner._review._decisions import Confirm
from aligner._review._operations import Redo, Undo
with Project.open(sys.argv[1]) as project:
    while True:
        state = project.state
        for operation in (Confirm(state.order[:1], not state.rows[state.order[0]].confirmed),
                          Merge(state.order[0]), Undo(), Redo(), Undo()):
            print(project.perform(operation).number, flush=True)
"""


def test_a_killed_process_loses_nothing_it_acknowledged(project: Project) -> None:
    source = os.path.dirname(os.path.dirname(aligner.__file__))
    waits = random.Random(8)
    for _ in range(4):
        worker = subprocess.Popen(
            [sys.executable, "-c", _WORKER, project.path],
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": source},
        )
        assert worker.stdout is not None
        first = worker.stdout.readline()
        time.sleep(waits.random() / 5)
        worker.send_signal(signal.SIGKILL)
        told = [first, *worker.stdout.read().splitlines(keepends=True)]
        worker.stdout.close()
        worker.wait()
        last = int([line for line in told if line.endswith(b"\n")][-1])
        with Project.open(project.path) as again:
            assert last <= again.number <= last + 1
            assert again.state == project.state
