"""Running obc as a user does."""

import json
import subprocess
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

import typer.main

from obc.cli.main import run

typer.main.get_command = cache(typer.main.get_command)
"""typer makes all commands anew each time that it is called: in one process, once is enough."""


class Ran(NamedTuple):
    """What a command left: its exit status and what it printed."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """The object that it printed."""
        return json.loads(self.out)


def obc(*words: object, cwd: Path | None = None) -> Ran:
    """`obc WORDS…` in this process, so that modules are loaded once."""
    out, err = StringIO(), StringIO()
    with (
        patch.object(sys, "argv", ["obc", *map(str, words)]),
        chdir(cwd or Path.cwd()),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        try:
            run()
            status = 0
        except SystemExit as end:
            status = int(end.code or 0)
    return Ran(status, out.getvalue(), err.getvalue())


def obc_process(*words: object) -> Ran:
    """`obc WORDS…` in a process of its own."""
    program = Path(sys.executable).with_name("obc")
    done = subprocess.run([program, *map(str, words)], capture_output=True, text=True, check=False)
    return Ran(done.returncode, done.stdout, done.stderr)
