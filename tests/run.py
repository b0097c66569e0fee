"""Everything CI runs, suite by suite, with the time each took.

Fails when a check or a suite fails, when a suite is skipped for anything but absent data, or when branch
coverage falls below what the house asks for.
"""

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import machine
import postgresql

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
COUNTED = ("integration", "property", "spec", "unit", "architecture")
"""Suites in which coverage is counted, the long ones first, so that no core waits long for another at the end."""
JOURNEYS = (
    *(f"tests/functional/test_{name}.py" for name in ("settling_together", "governing_together", "assessing_blind")),
    *(f"tests/functional/test_{name}.py" for name in ("negotiating", "working_out", "changing_the_contract")),
    *(f"tests/functional/test_{name}.py" for name in ("following_a_figure", "letting_in", "restating_a_year")),
)
"""What people do in a browser, from page to page."""
UNCOUNTED = (
    *(f"tests/{suite}" for suite in ("spark", "conformance", "docs")),
    *(f"tests/integration/test_{name}.py" for name in ("wheel", "records_files", "records_copied")),
    *JOURNEYS,
)
"""What reaches hardly a line that the others do not: counting makes a test half as slow again."""
NIGHTLY = (
    *(f"tests/integration/test_{name}.py" for name in ("truth_measured", "measuring_races", "synthetic_checked")),
    *(f"tests/integration/test_{name}.py" for name in ("measuring_stopped", "measuring_killed")),
    "tests/integration/test_sql_for_other_warehouses.py",
)
"""What looks at the same once more at length: `make nightly` runs it."""
ON_POSTGRESQL = tuple(
    f"tests/functional/test_{name}.py" for name in ("store", "backup", "writing_together", "notices", "anchoring")
)
"""What runs on SQLite and once more on PostgreSQL: all that writes at the same time as somebody else."""
CHECKS = (
    ("style", [BIN / "ruff", "check", "."]),
    ("format", [BIN / "ruff", "format", "--check", "."]),
    ("types", [BIN / "mypy", "--no-incremental"]),
)
COVERAGE = (
    ("branch coverage overall", 95, []),
    (
        "branch coverage of scoring and payment",
        100,
        ["--include=src/obc/domain/outcomes/scoring/*,src/obc/domain/money/payment/*"],
    ),
)
ABSENT_DATA = "published data absent"


def main() -> int:
    """Run it all; 0 when everything passed."""
    with tempfile.TemporaryDirectory(prefix="obc-tests-") as own:
        return _all(Path(own))


def _nightly() -> int:
    """What CI has no time for; 0 when everything passed."""
    codes = [_run([BIN / "pytest", *NIGHTLY], dict(os.environ)).code]
    codes.append(_run([BIN / "pytest", *JOURNEYS], {**os.environ, "OBC_LOOK": "whole"}).code)
    with postgresql.server() if postgresql.binaries() else nullcontext() as database:
        if database:
            killed = [BIN / "pytest", "tests/functional/test_killed.py"]
            codes.append(_run(killed, {**os.environ, "DATABASE_URL": database}).code)
    return max(codes)


def _all(own: Path) -> int:
    environment = {
        **os.environ,
        # Each module is compiled once for all the processes, and nothing of it stays.
        "PYTHONPYCACHEPREFIX": str(own / "compiled"),
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    report = _Report()
    for missing in machine.install():
        print(missing, flush=True)
        report.failed.append(missing)

    def tested(name: str, paths: list[str], counting: list[str], more: dict[str, str]) -> _Ended:
        counted = {"COVERAGE_FILE": str(own / f"coverage.{name}")}
        command = [*_PYTEST, *paths, f"--junitxml={own / name}.xml", *counting]
        return _run(command, environment | counted | more)

    with (
        postgresql.server() if postgresql.binaries() else nullcontext() as database,
        ThreadPoolExecutor(1) as thread,
    ):
        # What keeps but one core busy runs, one after another, beside the suites that have a process for each.
        beside = {name: thread.submit(_run, command, environment) for name, command in CHECKS}
        if database:  # one process: its tests share one database
            alone = [*ON_POSTGRESQL, "-n", "0"]
            beside["postgresql"] = thread.submit(tested, "postgresql", alone, _COUNTING, {"DATABASE_URL": database})
        whole = [f"tests/{suite}" for suite in COUNTED]
        suites = {
            "counted": tested("counted", [*whole, *_without(*UNCOUNTED, *NIGHTLY)], _COUNTING, {}),
            "uncounted": tested("uncounted", list(UNCOUNTED), [], {}),
            "functional": tested("functional", ["tests/functional", *_without(*UNCOUNTED)], _COUNTING, {}),
        }
        for name, ended in {**{name: run.result() for name, run in beside.items()}, **suites}.items():
            report.add(name, ended, own / f"{name}.xml")
    environment["COVERAGE_FILE"] = str(own / "coverage")
    _run([BIN / "coverage", "combine", "--quiet", *own.glob("coverage.*")], environment)
    for name, least, only in COVERAGE:
        ended = _run([BIN / "coverage", "report", "--precision=1", f"--fail-under={least}", *only], environment)
        total = next((line.split()[-1] for line in ended.output.splitlines() if line.startswith("TOTAL")), "?")
        report.lines.append(f"{name}: {total} (at least {least} %)")
        report.failed += [name] if ended.code else []
    return report.told()


def _without(*paths: str) -> list[str]:
    return [f"--ignore={path}" for path in paths]


_WORKERS = os.cpu_count() or 1
_PYTEST = [
    *(BIN / "pytest", "-r", "fEs", "--durations=15"),
    # A file stays on one worker, so that what its tests share is made once; files go in the order of the paths.
    *("-n", str(_WORKERS), "--dist", "loadfile", "--no-loadscope-reorder"),
]
_COUNTING = ["--cov=obc", "--cov-branch", "--cov-report="]


class _Ended(NamedTuple):
    """What became of a command."""

    seconds: float
    code: int
    output: str


@dataclass
class _Report:
    """What is told at the end."""

    lines: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    passed: int = 0
    skipped: int = 0

    def add(self, name: str, ended: _Ended, results: Path) -> None:
        """A check or a run; of a run also its suites, as `results` has them."""
        self.lines.append(f"{name:<14}{ended.seconds:6.1f} s  {'FAILED' if ended.code else 'passed'}")
        self.failed += [name] if ended.code else []
        for suite, found in _by_suite(results, name).items():
            processes = 1 if name == "postgresql" else _WORKERS
            self.lines.append(f"  {suite:<12}{found.seconds / processes:6.1f} s  {found.told()}")
            self.passed, self.skipped = self.passed + found.passed, self.skipped + len(found.skipped)
            wrong = [why for why in found.skipped if ABSENT_DATA not in why]
            self.lines += [f"  skipped for something other than absent data: {why}" for why in wrong]
            self.failed += [suite] if wrong else []

    def told(self) -> int:
        """Print it; 0 when everything passed."""
        print("\n".join(["", "Time on this machine by suite", *self.lines]))
        if self.failed:
            print(f"FAILED: {', '.join(self.failed)}")
        print(f"{self.passed} passed, {len(self.failed)} failed, {self.skipped} skipped")
        return 1 if self.failed else 0


@dataclass
class _Found:
    """What became of a suite."""

    seconds: float = 0.0
    passed: int = 0
    failed: int = 0
    skipped: list[str] = field(default_factory=list)

    def told(self) -> str:
        """The counts in words."""
        parts = [f"{self.passed} passed"]
        parts += [f"{self.failed} failed"] if self.failed else []
        parts += [f"{len(self.skipped)} skipped"] if self.skipped else []
        return ", ".join(parts)


def _by_suite(results: Path, run: str) -> dict[str, _Found]:
    """The runner's own account, test by test; the suite is the folder."""
    suites: dict[str, _Found] = {}
    if not results.exists():
        return suites
    for case in ElementTree.parse(results).iter("testcase"):
        folder = case.get("classname", "").split(".")[1:2]
        found = suites.setdefault(run if run == "postgresql" else (folder or [run])[0], _Found())
        found.seconds += float(case.get("time", 0))
        skips = [one.get("message", "") for one in case.iter("skipped")]
        wrong = [*case.iter("failure"), *case.iter("error")]
        found.skipped += skips
        found.failed += bool(wrong)
        found.passed += not wrong and not skips
    return suites


def _run(command: list[object], environment: dict[str, str]) -> _Ended:
    print(f"\n== {' '.join(Path(str(part)).name for part in command[:5])}", flush=True)
    began = time.monotonic()
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    print(done.stdout, end="", flush=True)
    return _Ended(time.monotonic() - began, done.returncode, done.stdout.strip())


if __name__ == "__main__":
    sys.exit(_nightly() if sys.argv[1:] == ["--nightly"] else main())
