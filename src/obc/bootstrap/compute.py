"""The compute zone: long work in a process of its own, which knows no database, no key and no user.

It takes a job as one line of JSON and answers with lines that say how far it is; what it makes is files in the folder
that the job names. It ends with the process that started it.
"""

import json
import os
import sys
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from obc.domain.core.kernel.problem import Problem, Problems

VALUES = "values.json"
"""What measuring leaves: indicator values, and nothing of a person."""

READ, MEASURE, WRITE = "Read and check the records", "Measure every indicator", "Write the values down"
WORK_OUT, KEEP = "Work it out and write the papers", "Keep them"
STEPS = {"measure": (READ, MEASURE, WRITE, KEEP), "forecast": (WORK_OUT, KEEP), "report": (WORK_OUT, KEEP)}
"""What is done, in order; the last one is the worker's."""

Told = Callable[[str, int, int], None]
"""Told what is done now, how much of it is done, and of how much."""

BROKEN = 3


class Job(BaseModel):
    """What is to be worked out, and where its files are."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["measure", "forecast", "report"]
    folder: Path
    out: Path
    on: date
    what: str = ""
    year: int | None = None
    records: Path | None = None
    values: Path | None = None
    returns: Path | None = None
    statement: Path | None = None


def do(job: Job, told: Told) -> None:
    """Do a job. Raises `Problems`."""
    if job.kind == "measure":
        _measure(job, told)
        return
    from obc.bootstrap.papers_asked import FORECAST, REPORTS, Source

    told(WORK_OUT, 0, 0)
    paper = FORECAST if job.kind == "forecast" else REPORTS[job.what]
    paper.write(Source(job.folder, job.on, job.year, job.values, job.returns, job.statement), job.out)


def _measure(job: Job, told: Told) -> None:
    from obc.bootstrap import contracts, measuring
    from obc.engine.values_file import write_values

    assert job.records is not None, "asked for with a folder of records"
    told(READ, 0, 0)
    contract = contracts.load_contract(str(job.folder))
    with measuring.records_of(contract, job.records) as records:
        told(MEASURE, 0, 100)
        made = measuring.measure(contract, records, None, lambda done, of: told(MEASURE, done, of))
    told(WRITE, 0, 0)
    write_values(made.values, job.out / VALUES)


def main() -> int:
    """Do the job of the first line; 0 when its files are there, 1 when it cannot be done (the last line says why)."""
    job = Job.model_validate_json(sys.stdin.readline())
    threading.Thread(target=_end_with_whoever_started_it, daemon=True).start()
    try:
        do(job, lambda doing, done, of: _say({"doing": doing, "done": done, "of": of}))
    except Problems as problems:
        # the folder of the records is the operator's business, and a row of them nobody's here
        _say({"problems": [one.model_dump(mode="json") for one in problems.problems[:20]]})
        return 1
    except Exception as error:  # its text may quote a record
        unknown = f"obc could not do it ({type(error).__name__})"
        problem = Problem(file="the work", where="obc", found=unknown, expected="try it with the command line")
        _say({"problems": [problem.model_dump(mode="json")]})
        return 1
    return 0


def _say(content: dict[str, object]) -> None:
    print(json.dumps(content), flush=True)


def _end_with_whoever_started_it() -> None:
    sys.stdin.read()  # nothing more comes; it ends when the other side is gone, however that came about
    os._exit(BROKEN)


if __name__ == "__main__":
    sys.exit(main())
