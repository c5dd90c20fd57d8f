"""Ask pip-audit whether a known weakness is in one of the pinned versions.

    python .ci/audit.py constraints.txt

Exit code 0 only where every package was looked up and none has one; 1 where one has; 3 where the
advisory service did not answer for some of them, which is no pass.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

WEAK, UNKNOWN = 1, 3


def main() -> int:
    command = ["pip-audit", "--requirement", sys.argv[1], "--no-deps", "--disable-pip"]
    command += ["--format", "json", "--progress-spinner", "off", "--timeout", "20"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
        found: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    except (OSError, subprocess.TimeoutExpired, ValueError, KeyError) as error:
        print(f"audit: NOT DONE, pip-audit gave no answer ({error})", file=sys.stderr)
        return UNKNOWN
    skipped = [one["name"] for one in found if "skip_reason" in one]
    weak = [one for one in found if one.get("vulns")]
    for one in weak:
        names = ", ".join(weakness["id"] for weakness in one["vulns"])
        print(f"audit: {one['name']} {one['version']}: {names}", file=sys.stderr)
    print(
        f"audit: {len(found) - len(skipped)} of {len(found)} packages looked up, {len(weak)} weak"
    )
    if weak:
        return WEAK
    if skipped or not found:
        print(f"audit: NOT DONE for {len(skipped)}: no advisory service answers", file=sys.stderr)
        return UNKNOWN
    return 0


if __name__ == "__main__":
    sys.exit(main())
