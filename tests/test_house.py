"""How the tree looks: short modules and functions that say what they are for."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "aligner"
MODULES = sorted(SOURCE.rglob("*.py"))
LONG_MODULE, LONGEST_MODULE, LONGEST_FUNCTION = 300, 500, 40
MOST_COMMENTS = 7  # in 100 lines


def name_of(path: Path) -> str:
    return str(path.relative_to(SOURCE))


def lines_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return the lines of a function, its docstring not counted."""
    first = function.body[0]
    said = ast.get_docstring(function) is not None
    end = function.end_lineno or function.lineno
    return end - function.lineno + 1 - (((first.end_lineno or 0) - first.lineno + 1) if said else 0)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_is_short_and_says_what_it_is_for(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    assert len(text.splitlines()) <= LONGEST_MODULE
    first = (ast.get_docstring(tree) or "").partition("\n")[0]
    assert first.endswith((".", ":")) or path.name == "__main__.py", first
    functions = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    assert {f.name: lines_of(f) for f in functions if lines_of(f) > LONGEST_FUNCTION} == {}


def test_few_modules_are_long() -> None:
    long = [path.name for path in MODULES if len(path.read_text().splitlines()) >= LONG_MODULE]
    assert len(long) <= len(MODULES) / 20, long


def test_the_architecture_page_names_every_module() -> None:
    page = (SOURCE.parents[1] / "docs" / "architecture.md").read_text(encoding="utf-8")
    parts = {p.stem for p in SOURCE.glob("*.py")} | {p.parent.name for p in SOURCE.glob("*/*.py")}
    named = set(re.findall(r"`(\w+)/?`", page))
    assert parts - {"__init__", "aligner"} <= named


@pytest.mark.parametrize("room", ["_score", "_pair", "_align", "_words", "checks"])
def test_the_architecture_page_names_every_module_of_the_rooms_it_opens(room: str) -> None:
    page = (SOURCE.parents[1] / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert {p.stem for p in (SOURCE / room).glob("*.py")} - {"__init__"} <= set(
        re.findall(r"`(\w+)`", page)
    )


def test_comments_are_for_the_surprising() -> None:
    lines = comments = 0
    for path in MODULES:
        text = path.read_text(encoding="utf-8")
        lines += len(text.splitlines())
        tokens = tokenize.generate_tokens(io.StringIO(text).readline)
        comments += sum(token.type == tokenize.COMMENT for token in tokens)
    assert comments <= lines * MOST_COMMENTS / 100
