"""Everything CI runs, suite by suite, with the time each took.

Fails when a check or a suite fails, when a suite is skipped for anything but absent data, or when branch
coverage falls below what the house asks for.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from contextlib import nullcontext
from pathlib import Path

import machine
import postgresql

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
SUITES = ("architecture", "unit", "spec", "property", "conformance", "integration", "docs", "functional")
ON_POSTGRESQL = tuple(f"tests/functional/test_{name}.py" for name in ("store", "killed", "backup"))
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
    with tempfile.TemporaryDirectory(prefix="obc-coverage-") as own:
        environment = {**os.environ, "COVERAGE_FILE": str(Path(own) / "coverage"), "PYTHONDONTWRITEBYTECODE": "1"}
        return _all(environment)


def _all(environment: dict[str, str]) -> int:
    lines, failed, passed, skipped = [], [], 0, 0
    for missing in machine.install():
        print(missing, flush=True)
        failed.append(missing)
    for name, command in CHECKS:
        seconds, code, _ = _run(command, environment)
        lines.append(f"{name:<14}{seconds:6.1f} s  {'passed' if code == 0 else 'FAILED'}")
        failed += [name] if code else []
    suites = [(suite, [f"tests/{suite}"]) for suite in SUITES if any((ROOT / "tests" / suite).rglob("test_*.py"))]
    with postgresql.server() if postgresql.binaries() else nullcontext() as database:
        if database:
            suites.append(("postgresql", list(ON_POSTGRESQL)))
        for suite, paths in suites:
            own = {**environment, "DATABASE_URL": database} if suite == "postgresql" else environment
            # A file stays on one worker, so that what its tests share is made once.
            workers = ["-n", str(os.cpu_count() or 1), "--dist", "loadfile"] if suite != "postgresql" else []
            measured = ["--cov=obc", "--cov-branch", "--cov-append", "--cov-report="]
            command = [BIN / "pytest", *paths, "-r", "fEs", "--durations=5", *workers, *measured]
            seconds, code, output = _run(command, own)
            counts = _counts(output)
            passed, skipped = passed + counts.get("passed", 0), skipped + counts.get("skipped", 0)
            wrong = [line for line in output.splitlines() if line.startswith("SKIPPED") and ABSENT_DATA not in line]
            failed += [suite] if code or wrong else []
            lines.append(f"{suite:<14}{seconds:6.1f} s  {counts}")
            lines += [f"  skipped for something other than absent data: {line}" for line in wrong]
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


def _counts(output: str) -> dict[str, int]:
    """What the runner counted: its summary is the last line that does, whatever a library prints after it."""
    lines = [
        found for line in output.splitlines() if (found := re.findall(r"(\d+) (passed|failed|skipped|error)", line))
    ]
    return {word: int(number) for number, word in lines[-1]} if lines else {}


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
    sys.exit(main())
