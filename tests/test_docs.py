"""What README and docs show is true: blocks run, options exist, generated parts are fresh.

A fenced block marked ``sh``, ``console`` (with its output), ``python`` or ``pycon`` is run in the
page's own folder, in the order of the page. One marked ``example`` as well needs something that
is not there (your files, another model); of its commands only the options are checked. ``exit=1``
is the exit code to expect where it is not 0, a block with ``file=NAME`` is that file, and ``text
output`` is what the command above it prints.
"""

from __future__ import annotations

import doctest
import glob
import io
import re
import shlex
import shutil
import sys
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from aligner._align._documents import align_documents
from aligner.cli import build_parser, main

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from aligner import AlignOptions, Document
    from aligner._vectors import SegmentVectors

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("**/[!_]*.md"))]
GUIDES = [page for page in PAGES if page.parent.name in ("tutorials", "howto")]
FENCE = re.compile(r"^(`{3,})(\w+)([^\n]*)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")
SCRIPT = re.compile(r"\b(?:benchmarks|docs|\.ci)/[\w./-]*\w\.py\b")
ELSEWHERE = {"pip", "pytest", "python", "bash", "git", "source"}  # what .ci/run and people run
LOOSE = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


@dataclass(frozen=True)
class Block:
    """A fenced block of a page."""

    language: str
    marks: tuple[str, ...]
    text: str
    line: int

    @property
    def runs(self) -> bool:
        return "example" not in self.marks

    def mark(self, name: str, default: str = "") -> str:
        values = (mark.removeprefix(f"{name}=") for mark in self.marks if f"{name}=" in mark)
        return next(values, default)

    def commands(self) -> list[tuple[list[str], str]]:
        """Return the commands, each with the output shown below it (console blocks only)."""
        text = self.text.replace("\\\n", " ")
        if self.language == "sh":
            pairs = [(line, "") for line in text.splitlines()]
        else:
            parts = re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]
            pairs = [(command, rest) for command, _, rest in (p.partition("\n") for p in parts)]
        found = []
        for line, output in pairs:
            for part in re.split(r" && | \| ", line):
                if words := shlex.split(part, comments=True):
                    found.append((words, output))
        return found


def blocks(page: Path, *languages: str) -> list[Block]:
    text = page.read_text(encoding="utf-8")
    return [
        Block(m[2], tuple(m[3].split()), m[4], text.count("\n", 0, m.start()) + 1)
        for m in FENCE.finditer(text)
        if not languages or m[2] in languages
    ]


def name_of(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", GUIDES, ids=name_of)
def test_a_page_that_needs_an_extra_says_how_to_install_it(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    commands = "\n".join(block.text for block in blocks(page, "sh", "console", "python"))
    needed = {"tables": (".xlsx", ".parquet", "to_pandas"), "plot": (".plot(",)}
    for extra, signs in needed.items():
        if any(sign in commands for sign in signs):
            assert re.search(rf"pip install [^`]*\[[\w,]*{extra}", text)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_commands_have_the_options_they_use(page: Path) -> None:
    for block in blocks(page, "sh", "console"):
        for words, _ in block.commands():
            if words[0] != "aligner":
                assert words[0] in ELSEWHERE, f"{page}, line {block.line}: {words}"
            elif not {"--help", "--version"} & set(words):
                end = words.index(">") if ">" in words else len(words)
                assert build_parser().parse_args(words[1:end])


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_scripts_and_files_that_are_named_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for script in SCRIPT.findall(text):
        assert (ROOT / script).is_file(), script
    for target in LINK.findall(re.sub(FENCE, "", text)):
        path = target.partition("#")[0]
        if path and "://" not in path:
            assert (page.parent / path).exists(), f"{page}: {target}"


@pytest.fixture(scope="module")
def align_once() -> Iterator[None]:
    """Align the same segments only once: the pages use the same samples again and again."""
    known: dict[object, object] = {}

    def remembered(
        documents: Sequence[Document],
        vectors: Mapping[str, SegmentVectors],
        options: AlignOptions,
        progress: object = None,
    ) -> object:
        rows = tuple(found.sums.tobytes() for found in vectors.values())
        key = (tuple(documents), rows, options)
        if key not in known:
            known[key] = align_documents(documents, vectors, options)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("aligner._align._finer.align_documents", remembered)
        yield


@pytest.mark.model
@pytest.mark.usefixtures("align_once")
@pytest.mark.parametrize(
    "page",
    [p for p in PAGES if any(b.runs for b in blocks(p, "sh", "console", "python", "pycon"))],
    ids=name_of,
)
def test_what_a_page_shows_runs(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("MPLBACKEND", "Agg")
    names: dict[str, object] = {"__name__": "__page__"}
    printed = ""
    for block in blocks(page):
        where = f"{name_of(page)}, line {block.line}"
        if name := block.mark("file"):
            Path(name).write_text(block.text, encoding="utf-8")
        elif not block.runs:
            continue
        elif block.language in {"sh", "console"}:
            printed = run_commands(block, where)
        elif "output" in block.marks:
            compare(block.text, printed, where)
        elif block.language == "python":
            with redirect_stdout(io.StringIO()):
                exec(compile(block.text, where, "exec"), names)
        elif block.language == "pycon":
            run_examples(block, where, names)


def run_commands(block: Block, where: str) -> str:
    """Run the commands of a block and return what the last one printed."""
    printed = ""
    for words, wanted in block.commands():
        if words[0] in ELSEWHERE:
            continue
        code, printed = run_command(words)
        assert code == int(block.mark("exit", "0")), f"{where}: exit code {code} of {words}"
        if wanted.strip():
            compare(wanted, printed, where)
    return printed


def compare(wanted: str, printed: str, where: str) -> None:
    """Assert that *printed* is what the page shows, where ``...`` stands for anything."""
    checker, shown = doctest.OutputChecker(), doctest.Example("", wanted)
    difference = checker.output_difference(shown, printed, LOOSE)
    assert checker.check_output(shown.want, printed, LOOSE), f"{where}: {difference}"


def run_command(words: list[str]) -> tuple[int, str]:
    """Run ``aligner ... [> FILE]`` in this process and return its exit code and what it printed."""
    assert words[0] == "aligner", words
    end = words.index(">") if ">" in words else len(words)
    argv = [name for word in words[1:end] for name in (sorted(glob.glob(word)) or [word])]
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding="utf-8", write_through=True)
    with redirect_stdout(out):
        try:
            code = main(argv)
        except SystemExit as stop:
            code = int(stop.code or 0)
        sys.stdout.flush()
    printed = raw.getvalue().decode()
    if end < len(words):
        Path(words[end + 1]).write_text(printed, encoding="utf-8")
        printed = ""
    return code, printed


def run_examples(block: Block, where: str, names: dict[str, object]) -> None:
    test = doctest.DocTestParser().get_doctest(block.text, names, where, None, block.line)
    runner = doctest.DocTestRunner(optionflags=LOOSE, verbose=False)
    report = io.StringIO()
    runner.run(test, out=report.write, clear_globs=False)
    names.update(test.globs)
    assert runner.summarize(verbose=False).failed == 0, report.getvalue()


def test_every_page_is_two_clicks_from_the_readme() -> None:
    def targets(page: Path) -> set[Path]:
        links = LINK.findall(page.read_text(encoding="utf-8"))
        paths = (page.parent / link.partition("#")[0] for link in links if "://" not in link)
        return {path.resolve() for path in paths if path.suffix == ".md"}

    first = targets(ROOT / "README.md")
    second = {path for page in first for path in targets(page)}
    assert {page.resolve() for page in PAGES[1:]} <= first | second


@pytest.mark.model
def test_generated_pages_are_what_the_code_says() -> None:
    import generate  # docs/ is on the path of the tests

    for path, text in generate.pages().items():
        assert path.read_text(encoding="utf-8") == text, f"{path}: run python docs/generate.py"


@pytest.mark.model
def test_every_check_has_an_example_that_fires_and_one_that_stays_quiet() -> None:
    from _pages.checks import examples

    from aligner.checks import registered

    found = {(example.code, example.fires) for example in examples()}
    assert found == {(code, fires) for code in registered() for fires in (True, False)}
    for example in examples():
        codes = {divergence.code for divergence in example.comparison().divergences}
        assert codes == ({example.code} if example.fires else set())


def test_the_api_page_has_every_public_name() -> None:
    import aligner

    page = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    named = set(re.findall(r"auto(?:class|function|module):: (?:aligner\.)?(\w+)", page))
    errors = {n for n in aligner.__all__ if n.endswith("Error")}  # as the module aligner._errors
    assert "_errors" in named
    assert set(aligner.__all__) - errors <= named


@pytest.mark.parametrize("page", [ROOT / "README.md", ROOT / "docs" / "numbers.md"], ids=name_of)
def test_figures_are_those_of_the_pages_that_explain_them(page: Path) -> None:
    figure = re.compile(r"(?<![\w.])\d*\.\d{2,4}\b(?!\.\d)")
    others = [p for p in PAGES if p.parent.name == "docs" and p.name != "numbers.md"]
    others.append(ROOT / "src" / "aligner" / "models" / "MODEL_CARD.md")
    known = set(figure.findall("\n".join(p.read_text(encoding="utf-8") for p in others)))
    prose = re.sub(FENCE, "", page.read_text(encoding="utf-8"))
    text = re.sub(r"Python \d\.\d+", "", prose)
    assert set(figure.findall(text)) <= known
