"""Write the pages that are made from the code: the command line and the checks.

    python docs/generate.py            # write them
    python docs/generate.py --check    # say which are out of date, and fail if any is

The checks are run on their examples, so that a page cannot show what a check does not do.
"""

from __future__ import annotations

import sys
from pathlib import Path

from _pages import checks_pages, cli_page

FOLDER = Path(__file__).parent


def pages() -> dict[Path, str]:
    """Return the text of each generated page by its path."""
    made = {"cli.md": cli_page(), **checks_pages()}
    return {FOLDER / name: text for name, text in made.items()}


def main() -> int:
    stale = [path for path, text in pages().items() if not path.exists() or _read(path) != text]
    if "--check" in sys.argv:
        for path in stale:
            print(f"out of date: {path.name}; run python docs/generate.py", file=sys.stderr)
        return bool(stale)
    for path in stale:
        path.parent.mkdir(exist_ok=True)
        path.write_text(pages()[path], encoding="utf-8")
        print(f"wrote {path.relative_to(FOLDER)}")
    return 0


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
