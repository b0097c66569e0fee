"""Running obc as a user does: in a process of its own."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple


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
    """Run `obc WORDS…`."""
    program = Path(sys.executable).with_name("obc")
    done = subprocess.run([program, *map(str, words)], cwd=cwd, capture_output=True, text=True, check=False)
    return Ran(done.returncode, done.stdout, done.stderr)
