"""Everything CI runs, suite by suite, with the time each took.

Fails when a check or a suite fails, when a suite is skipped for anything but absent data, or when branch
coverage falls below what the house asks for.
"""

import os
import subprocess
import sys
import tempfile
import time
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

import machine
import postgresql

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
COUNTED = ("integration", "property", "spec", "unit", "architecture")
"""Suites in which coverage is counted, the long ones first, so that no core waits long for another at the end."""
UNCOUNTED = (
    *(f"tests/{suite}" for suite in ("spark", "conformance", "docs")),
    *(f"tests/integration/test_{name}.py" for name in ("wheel", "records_files", "records_copied")),
    *(f"tests/functional/test_{name}.py" for name in ("settling_together", "governing_together", "assessing_blind")),
    *(f"tests/functional/test_{name}.py" for name in ("negotiating", "working_out", "changing_the_contract")),
    *(f"tests/functional/test_{name}.py" for name in ("following_a_figure", "letting_in", "restating_a_year")),
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
    codes = [_run([BIN / "pytest", *NIGHTLY], dict(os.environ))[1]]
    with postgresql.server() if postgresql.binaries() else nullcontext() as database:
        if database:
            killed = [BIN / "pytest", "tests/functional/test_killed.py"]
            codes.append(_run(killed, {**os.environ, "DATABASE_URL": database})[1])
    return max(codes)


def _all(own: Path) -> int:
    environment = {
        **os.environ,
        "COVERAGE_FILE": str(own / "coverage"),
        # Each module is compiled once for all the processes, and nothing of it stays.
        "PYTHONPYCACHEPREFIX": str(own / "compiled"),
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    lines, failed, passed, skipped = [], [], 0, 0
    for missing in machine.install():
        print(missing, flush=True)
        failed.append(missing)
    for name, command in CHECKS:
        seconds, code, _ = _run(command, environment)
        lines.append(f"{name:<14}{seconds:6.1f} s  {'passed' if code == 0 else 'FAILED'}")
        failed += [name] if code else []
    with postgresql.server() if postgresql.binaries() else nullcontext() as database:
        runs = [
            ("counted", [*(f"tests/{suite}" for suite in COUNTED), *_without(*UNCOUNTED, *NIGHTLY)], _COUNTING, {}),
            ("uncounted", list(UNCOUNTED), [], {}),
            ("functional", ["tests/functional", *_without(*UNCOUNTED)], _COUNTING, {}),
            # one process: its tests share one database
            *([("postgresql", [*ON_POSTGRESQL, "-n", "0"], _COUNTING, {"DATABASE_URL": database})] if database else []),
        ]
        for name, paths, counting, more in runs:
            results = own / f"{name}.xml"
            seconds, code, _ = _run([*_PYTEST, *paths, f"--junitxml={results}", *counting], environment | more)
            lines.append(f"{name:<14}{seconds:6.1f} s  {'passed' if code == 0 else 'FAILED'}")
            failed += [name] if code else []
            for suite, found in _by_suite(results, name).items():
                lines.append(f"  {suite:<12}{found.seconds / _WORKERS:6.1f} s  {found.told()}")
                passed, skipped = passed + found.passed, skipped + len(found.skipped)
                wrong = [why for why in found.skipped if ABSENT_DATA not in why]
                lines += [f"  skipped for something other than absent data: {why}" for why in wrong]
                failed += [suite] if wrong else []
    for name, least, only in COVERAGE:
        command = [BIN / "coverage", "report", "--precision=1", f"--fail-under={least}", *only]
        _, code, output = _run(command, environment)
        total = next((line.split()[-1] for line in output.splitlines() if line.startswith("TOTAL")), "?")
        lines.append(f"{name}: {total} (at least {least} %)")
        failed += [name] if code else []
    print("\n".join(["", "Time on this machine by suite", *lines]))
    if failed:
        print(f"FAILED: {', '.join(failed)}")
    print(f"{passed} passed, {len(failed)} failed, {skipped} skipped")
    return 1 if failed else 0


def _without(*paths: str) -> list[str]:
    return [f"--ignore={path}" for path in paths]


_WORKERS = os.cpu_count() or 1
_PYTEST = [
    *(BIN / "pytest", "-r", "fEs", "--durations=15"),
    # A file stays on one worker, so that what its tests share is made once; files go in the order of the paths.
    *("-n", str(_WORKERS), "--dist", "loadfile", "--no-loadscope-reorder"),
]
_COUNTING = ["--cov=obc", "--cov-branch", "--cov-append", "--cov-report="]


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


def _run(command: list[object], environment: dict[str, str]) -> tuple[float, int, str]:
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
    return time.monotonic() - began, done.returncode, done.stdout.strip()


if __name__ == "__main__":
    sys.exit(_nightly() if sys.argv[1:] == ["--nightly"] else main())
