"""A worker process: aligns the shards it is told to, one line of JSON for each question and answer.

Started by `_local`. It ends when its standard input does, so it never outlives the run that
started it, however that one ended.
"""

from __future__ import annotations

import json
import os
import sys
from typing import IO, Any

from aligner._errors import AlignerError
from aligner.corpus._document import Aligner
from aligner.corpus._messages import answer, to_job, to_shard


def main() -> int:
    """Answer until there are no more questions."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints must not stand among the answers
    questions = sys.stdin
    start = json.loads(questions.readline())
    job = to_job(start["job"])
    try:
        aligner = Aligner(job, start["base"])
    except AlignerError as error:
        _say(out, {"error": type(error).__name__, "problem": str(error)})
        return 1
    _say(out, {"signature": aligner.signature()})
    for line in questions:
        shard = to_shard(json.loads(line))
        _say(out, answer(shard, aligner, start["folder"], strict=job.strict))
    return 0


def _say(out: IO[str], value: dict[str, Any]) -> None:
    out.write(json.dumps(value) + "\n")
    out.flush()


if __name__ == "__main__":
    try:
        code = main()
    except BrokenPipeError:  # the run that asked is gone
        code = 1
    os._exit(code)  # nothing is left to flush
