"""The way into the compute zone: a job goes in, files come out, and the work can be stopped."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from obc.bootstrap.compute import Job
from obc.domain.core.kernel.problem import Problem, Problems, refusal

PASSED_ON = (
    "PATH",
    "HOME",
    "LANG",
    "LC_ALL",
    "TMPDIR",
    "TEMP",
    "TMP",
    "SYSTEMROOT",
    "JAVA_HOME",
    "PYTHONPATH",
    "VIRTUAL_ENV",
)
"""What the process learns of its surroundings: neither the database nor the key of the application."""

RECORDS = "OBC_RECORDS"


def record_folders() -> dict[str, Path]:
    """The folders of records that whoever runs the server has named, by contract. Raises `Problems`."""
    named: dict[str, Path] = {}
    for one in filter(None, (part.strip() for part in os.environ.get(RECORDS, "").split(","))):
        contract, is_, folder = one.partition("=")
        if not (contract and is_ and folder):
            raise refusal("the settings", RECORDS, f"'{one}'", "write contract=folder, and a comma before the next")
        named[contract.strip()] = Path(folder.strip())
    return named


class Ended(Exception):  # noqa: N818 - nothing is wrong with the job: its process was killed
    """The process ended before it could say what came of its job."""


class Zone:
    """One job in a process of its own. `stop` may be called from another thread."""

    def __init__(self, job: Job):
        self._process = subprocess.Popen(
            [sys.executable, "-m", "obc.bootstrap.compute"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # what a library complains of may quote a record
            text=True,
            env={name: os.environ[name] for name in PASSED_ON if name in os.environ},
        )
        self._job = job

    def done(self, told: Callable[[str, int, int], None]) -> None:
        """Wait until the files are there, and tell how far it is.

        Raises `Problems` where it cannot be done, `Ended` where the process was killed, and whatever `told` raises.
        """
        problems: tuple[Problem, ...] = ()
        with self._process as process:
            assert process.stdin is not None and process.stdout is not None, "both are pipes"
            try:
                process.stdin.write(self._job.model_dump_json() + "\n")
                process.stdin.flush()
                for line in process.stdout:
                    said = json.loads(line)
                    if "problems" in said:
                        problems = tuple(Problem.model_validate(one) for one in said["problems"])
                    else:
                        told(said["doing"], said["done"], said["of"])
            except BrokenPipeError:
                pass  # it ended before it had read its job: its status says so
            except BaseException:
                process.kill()
                raise
        if problems:
            raise Problems(problems)
        if process.returncode:
            raise Ended

    def stop(self) -> None:
        """End the process, whatever it is doing; one that has ended stays ended."""
        self._process.kill()
