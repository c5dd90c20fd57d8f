"""Mutation score: how many small faults put into a part of the package its tests notice.

    python benchmarks/mutation.py _dp --sample 60
    python benchmarks/mutation.py checks --sample 100 --seed 2
    python benchmarks/mutation.py checks --sample 100 --seed 2 --skip 40  # go on after the fortieth

The faults are those of cosmic-ray's operators (another comparison, another number, a loop that
never runs), drawn at random from all of them; faults in annotations are none. Each is imported in
a fork of one process and meets the tests of its part until one fails; one that loops or eats up
the memory is noticed as well. Survivors are printed as differences.
"""

from __future__ import annotations

import argparse
import ast
import difflib
import importlib
import importlib.machinery
import importlib.util
import os
import random
import resource
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from importlib.machinery import ModuleSpec
    from types import CodeType, ModuleType

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "aligner"
TESTS = {
    "_dp": ("test_dp.py",),
    "_score/_similarity": ("test_similarity.py", "test_overlaps.py"),
    "_align/_multiway": ("test_multiway.py",),
    "_align/_finer": ("test_finer.py",),
    "checks": (
        "test_checks_marks.py",
        "test_checks_[!m]*.py",
        "test_docs.py::test_generated_pages_are_what_the_code_says",
    ),
}
MEMORY = 8 << 30


@dataclass(frozen=True, slots=True)
class Fault:
    """A module with one thing in it changed."""

    path: Path
    source: str

    @property
    def module(self) -> str:
        parts = self.path.relative_to(PACKAGE.parent).with_suffix("").parts
        return ".".join(part for part in parts if part != "__init__")

    def __str__(self) -> str:
        before = self.path.read_text(encoding="utf-8").splitlines()
        lines = list(difflib.unified_diff(before, self.source.splitlines(), n=1, lineterm=""))
        return "\n".join([f"{self.path.relative_to(PACKAGE)} {lines[2]}", *lines[3:]])


class _Annotations(ast.NodeTransformer):
    """Drop what never runs: annotations, and what only type checkers import."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.returns = None
        return self.generic_visit(node)

    def visit_arg(self, node: ast.arg) -> ast.AST:
        node.annotation = None
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        node.annotation = ast.Constant(None)
        alias = isinstance(node.target, ast.Name) and node.target.id[:1].isupper()
        if alias and isinstance(node.value, ast.BinOp | ast.Subscript):
            node.value = None
        return self.generic_visit(node)

    def visit_If(self, node: ast.If) -> ast.AST | None:
        if "TYPE_CHECKING" in ast.unparse(node.test):
            return None
        return self.generic_visit(node)


def running(source: str) -> str:
    """Return what of *source* runs, in a form that can be compared."""
    return ast.dump(_Annotations().visit(ast.parse(source)))


def faults(path: Path) -> Iterator[tuple[Path, str, int]]:
    """Yield all faults of a module: its path, the operator, which of its places."""
    from cosmic_ray.ast import ast_nodes, get_ast_from_path
    from cosmic_ray.plugins import get_operator, operator_names

    tree = get_ast_from_path(path)
    for name in operator_names():
        if not get_operator(name).arguments():
            operator = get_operator(name)()
            places = sum(len(list(operator.mutation_positions(node))) for node in ast_nodes(tree))
            yield from ((path, name, place) for place in range(places))


def drawn(paths: Sequence[Path], count: int, seed: int) -> Iterator[Fault]:
    """Yield *count* faults of the modules, drawn at random."""
    from cosmic_ray.mutating import mutate_code
    from cosmic_ray.plugins import get_operator

    every = [fault for path in paths for fault in faults(path)]
    print(f"{len(every):,} faults in {len(paths)} modules", flush=True)
    random.Random(seed).shuffle(every)
    for path, name, place in every:
        if not count:
            return
        before = path.read_text(encoding="utf-8")
        source = mutate_code(before, get_operator(name)(), place)
        if source is not None and _differs(source, before):
            count -= 1
            yield Fault(path, source)


def _differs(source: str, before: str) -> bool:
    """Whether *source* is Python (a mutated ``*`` of a signature is not) that runs otherwise."""
    with suppress(SyntaxError):
        return running(source) != running(before)
    return False


@dataclass(frozen=True, slots=True)
class _Finder:
    """Finds the module of a fault before Python finds the sound one."""

    fault: Fault

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name != self.fault.module:
            return None
        file = str(self.fault.path)
        loader = _Loader(name, file)
        loader.source = self.fault.source
        return importlib.util.spec_from_file_location(name, file, loader=loader)


class _Loader(importlib.machinery.SourceFileLoader):
    source = ""

    def get_code(self, fullname: str) -> CodeType:
        return compile(self.source, self.path, "exec")


class _FirstFailure:
    """A plugin of pytest: a failure that hypothesis finds is not made small before it counts.

    A busy machine notices nothing: hypothesis's deadline for an example is off.
    """

    def pytest_configure(self) -> None:
        from hypothesis import Phase, settings

        phases = (Phase.explicit, Phase.generate)
        settings.register_profile(
            "faults", settings.default, phases=phases, database=None, deadline=None
        )
        settings.load_profile("faults")


def passes(tests: Sequence[str], fault: Fault | None, seconds: int) -> bool:
    """Return whether all *tests* pass in a fork with the fault."""
    import pytest

    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        nothing = os.open(os.devnull, os.O_RDWR)
        for stream in (1, 2):
            os.dup2(nothing, stream)
        os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # their import takes longer than a test
        if fault is not None:
            sys.meta_path.insert(0, _Finder(fault))
        options = ["-x", "-q", "-p", "no:cacheprovider", "--assert=plain", *tests]
        os._exit(int(pytest.main(options, [_FirstFailure()]) != 0))
    return os.waitpid(child, 0)[1] == 0


def load_libraries() -> None:
    """Import what is not aligner's, once for all forks."""
    for name in ("hypothesis.strategies", "numpy", "pytest", "safetensors.numpy", "tokenizers"):
        importlib.import_module(name)


def found(name: str) -> list[str]:
    """Return the test files of a pattern, each with the one test that it may name."""
    files, mark, test = name.partition("::")
    return [f"{path}{mark}{test}" for path in sorted((ROOT / "tests").glob(files))]


def score(part: str, sample: int, seed: int, skip: int) -> float:
    """Print the survivors of a sample of the part's faults; return the share noticed."""
    load_libraries()
    tests = [test for name in TESTS[part] for test in found(name)]
    paths = [PACKAGE / f"{part}.py"] if not (PACKAGE / part).is_dir() else []
    paths += sorted((PACKAGE / part).glob("*.py"))
    before = os.times().children_user
    if not passes(tests, None, 3600):
        raise SystemExit(f"{part}: its tests fail without any fault")
    limit = 30 + 3 * int(os.times().children_user - before)
    noticed, begin = 0, time.monotonic()
    for number, fault in enumerate(islice(drawn(paths, sample, seed), skip, None), 1):
        if passes(tests, fault, limit):
            print(f"survives: {fault}", flush=True)
        else:
            noticed += 1
        print(f"{noticed} of {number}, {time.monotonic() - begin:.0f} s", file=sys.stderr)
    print(f"{part}: {noticed} of {number} noticed, {noticed / number:.3f}")
    return noticed / number


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("parts", nargs="+", choices=sorted(TESTS), metavar="PART")
    parser.add_argument("--sample", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--skip", type=int, default=0, help="of the sample, tried before")
    arguments = parser.parse_args()
    for part in arguments.parts:
        score(part, arguments.sample, arguments.seed, arguments.skip)


if __name__ == "__main__":
    main()
