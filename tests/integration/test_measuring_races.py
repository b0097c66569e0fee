"""The races of measuring against SQL by hand, run small: every cell equal, and a budget that can be broken."""

import re
import subprocess
import sys

import pytest

from places import ROOT


def race(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, ROOT / "benchmarks" / script, "--people", "3000", "--rounds", "1", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(("script", "cells"), [("measure.py", 1_500), ("anchored_status.py", 9_000)])
def test_every_cell_is_equal_to_the_sql_by_hand(script: str, cells: int) -> None:
    run = race(script, "--times", "1000")
    assert run.returncode == 0, run.stdout + run.stderr
    compared = re.search(r"^([\d,]+) cells, 0 different$", run.stdout, re.MULTILINE)
    assert compared and int(compared[1].replace(",", "")) > cells
    for word in ("people", "obc ", "by hand", "times (budget 1000.0)", "memory", "within budget"):
        assert word in run.stdout


def test_over_budget_fails() -> None:
    run = race("measure.py", "--times", "0")
    assert run.returncode == 1
    assert run.stderr == "over budget\n"
