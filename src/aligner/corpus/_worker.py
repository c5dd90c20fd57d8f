"""A worker process: aligns the shards it is told to, one line of JSON for each question and answer.

Started by `_local`. It ends when its standard input does, so it never outlives the run that
started it, however that one ended.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import IO, Any

from aligner._errors import AlignerError, InputError, OutputError
from aligner.corpus._document import Aligner
from aligner.corpus._manifest import Row, Shard
from aligner.corpus._plan import Job
from aligner.corpus._shard import write_shard


def main() -> int:
    """Answer until there are no more questions."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints must not stand among the answers
    questions = sys.stdin
    start = json.loads(questions.readline())
    try:
        aligner = Aligner(_job(start["job"]), start["base"])
    except AlignerError as error:
        _answer(out, {"error": type(error).__name__, "problem": str(error)})
        return 1
    _answer(out, {"signature": aligner.signature()})
    for line in questions:
        _answer(out, _done(_shard(json.loads(line)), aligner, start))
    return 0


def _done(shard: Shard, aligner: Aligner, start: dict[str, Any]) -> dict[str, object]:
    try:
        write_shard(shard, aligner, Path(start["folder"]), strict=start["job"]["strict"])
    except InputError as error:
        place = {"path": error.path, "problem": error.problem}
        return {"error": type(error).__name__, **place}
    except (OutputError, OSError) as error:
        return {"error": OutputError.__name__, "problem": str(error)}
    return {"shard": shard.number}


def _job(values: dict[str, Any]) -> Job:
    lists = {name: tuple(values[name]) for name in ("select", "ignore")}
    options = tuple((name, value) for name, value in values["options"])
    return Job(**(values | lists | {"options": options}))


def _shard(values: dict[str, Any]) -> Shard:
    return Shard(values["number"], tuple(Row(**row) for row in values["rows"]))


def _answer(out: IO[str], value: dict[str, object]) -> None:
    out.write(json.dumps(value) + "\n")
    out.flush()


if __name__ == "__main__":
    try:
        code = main()
    except BrokenPipeError:  # the run that asked is gone
        code = 1
    os._exit(code)  # nothing is left to flush
