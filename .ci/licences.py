"""Check the licences of what an installation of aligner brings, from its own metadata.

    python .ci/licences.py            # what pip install aligner brings
    python .ci/licences.py test all   # and these extras

Every licence has to be permissive or weakly copyleft. What is installed for tests alone, or was
read by a person because its metadata does not say enough, is exempt by name and with a reason.
Exit code 1 names what is neither.
"""

from __future__ import annotations

import re
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from typing import TYPE_CHECKING

from packaging.requirements import Requirement

if TYPE_CHECKING:
    from collections.abc import Iterable

ALLOWED = re.compile(
    r"0BSD|Apache|Boost|BSD|BSL-1\.0|CC0|CNRI-Python|HPND|ISC|LGPL|Lesser|MIT|MPL|Mozilla"
    r"|LLVM-exception|PSF|Python Software Foundation|Unlicense|Zlib|Kiwi|matplotlib"
)
STRONG = re.compile(r"(?<!L)GPL|(?<!Lesser )General Public|Affero|SSPL|Proprietary|Commercial")
EXEMPT = {
    "translate-toolkit": "GPL; an oracle of the tests, nothing of it is in the package",
    "pypdfium2": "BSD-3-Clause, Apache-2.0; those of PDFium and what it holds are permissive too",
    "axe-playwright-python": "MIT and MPL-2.0 in its files, not in its metadata; tests only",
}


def closure(extras: Iterable[str]) -> dict[str, Distribution]:
    """Return what aligner with these extras requires here, by name.

    Raises:
        PackageNotFoundError: if something of it is not installed.
    """
    found: dict[str, Distribution] = {}
    seen: set[tuple[str, str]] = set()
    waiting = [Requirement(f"aligner[{','.join(extras)}]")]
    while waiting:
        wanted = waiting.pop()
        for extra in ("", *wanted.extras):
            name = re.sub(r"[-_.]+", "-", wanted.name).lower()
            if (name, extra) in seen:
                continue
            seen.add((name, extra))
            found[name] = distribution(wanted.name)
            for line in found[name].requires or ():
                needed = Requirement(line)
                if needed.marker is None or needed.marker.evaluate({"extra": extra}):
                    waiting.append(needed)
    return found


def licence(package: Distribution) -> str:
    """Return what the metadata says: an SPDX expression, else classifiers, else the first line."""
    about = package.metadata
    kinds = [c.rpartition(" :: ")[2] for c in about.get_all("Classifier", []) if "License ::" in c]
    stated = (about.get("License") or "").strip().partition("\n")[0]
    return about.get("License-Expression") or ", ".join(kinds) or stated


def is_fine(text: str) -> bool:
    """Whether one side of each ``OR``, and all of what is joined otherwise, is allowed."""
    for choice in re.split(r"\s+OR\s+", text):
        parts = re.split(r"\s+AND\s+|\s+WITH\s+|, ", choice.strip("() "))
        if all(ALLOWED.search(part) and not STRONG.search(part) for part in parts):
            return True
    return False


def main() -> int:
    try:
        packages = closure(sys.argv[1:])
    except PackageNotFoundError as error:
        print(f"licences: {error.name} is not installed; install the extras first", file=sys.stderr)
        return 2
    bad = {
        name: licence(package)
        for name, package in sorted(packages.items())
        if not is_fine(licence(package)) and name not in EXEMPT
    }
    for name, text in bad.items():
        print(f"licences: {name}: {text or 'none stated'}", file=sys.stderr)
    exempt = ", ".join(sorted(EXEMPT.keys() & packages.keys())) or "none"
    print(f"licences: {len(packages)} packages, {len(bad)} not allowed; exempt: {exempt}")
    return bool(bad)


if __name__ == "__main__":
    sys.exit(main())
