"""Mutation run: small faults put into scoring and payment, one at a time. The tests must notice each.

`python tests/mutate.py` tries everything in some minutes, `python tests/mutate.py curve.py` one file. Prints the score
and every fault that survived; 1 where one survived without a reason in tests/mutation/reasons.yaml. No file is touched:
a fault within a function is put into a fork of a process that has collected the tests, one that acts while a module is
imported is tried from cold.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROOMS = ("src/obc/domain/outcomes/scoring", "src/obc/domain/money/payment")
TESTS = (
    "tests/spec/scoring",
    "tests/spec/payment",
    "tests/spec/settlement",
    "tests/spec/time",
    "tests/unit/test_evidenced.py",
    "tests/unit/test_payment_mechanism.py",
    "tests/unit/test_framework.py",
    "tests/unit/test_statement.py",
    "tests/unit/test_replay.py",
    "tests/unit/test_published_mapping.py",
    "tests/unit/test_broken_contracts.py",
    "tests/property/test_payment_holds.py",
    "tests/property/test_money_split.py",
    "tests/property/test_payment_portions.py",
)
PAGE = ROOT / "docs" / "reference" / "mutation.md"


def main() -> int:
    """Try the faults; 1 where the tests fail without any, or one survives without a reason."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="*", help="names of files; all where none is given")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="so many at a time")
    parser.add_argument("--again", action="store_true", help="only what survived when it was last written down")
    parser.add_argument("--write", action="store_true", help="write docs/reference/mutation.md")
    given = parser.parse_args()
    sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]
    os.environ["HYPOTHESIS_PROFILE"] = "mutation"
    os.chdir(ROOT)
    from mutation.cold import cold
    from mutation.faults import mutants
    from mutation.page import NOTHING, Found, found, keep, page, reasons
    from mutation.warmed import NOT_PLACED, NOTICED, forked

    # The heavy libraries are loaded once; every fork inherits them. The project itself is not, for those from cold.
    for heavy in ("duckdb", "numpy", "pydantic", "scipy.stats", "sqlglot", "yaml"):
        __import__(heavy)
    began = time.monotonic()
    paths = [path for room in ROOMS for path in sorted((ROOT / room).glob("*.py")) if path.name != "__init__.py"]
    kept = found()
    listed = [
        (path, mutant)
        for path in paths
        if not given.files or path.name in given.files
        for mutant in mutants(path)
        if not given.again or mutant.said in kept.get(_name(path), NOTHING).survived
    ]
    tests = [str(ROOT / test) for test in TESTS]
    results, failed = _warmed(listed, tests, given.workers)
    if failed:
        print("\n".join(["these tests fail without any fault, mend them first:", *failed]))
        return 1
    rest = [i for i, result in enumerate(results) if result == NOT_PLACED]
    print(f"{results.count(NOTICED)} noticed in {time.monotonic() - began:.0f} s; {len(rest)} from cold", flush=True)
    named = [(*listed[i], ".".join(listed[i][0].relative_to(ROOT / "src").with_suffix("").parts)) for i in rest]
    colds = [cold(path, name, mutant, tests, ROOT) for path, mutant, name in named]
    again = forked(colds, given.workers, [mutant.said for _, mutant, _ in named])
    for i, result in zip(rest, again, strict=True):
        results[i] = result
    now = {}
    for path in dict.fromkeys(path for path, _ in listed):
        own = [(mutant.said, result) for (other, mutant), result in zip(listed, results, strict=True) if other == path]
        survived = [said for said, result in own if result != NOTICED]
        many = kept[_name(path)].faults if given.again else len(own)
        now[_name(path)] = Found(many, many - len(survived), survived, _commit(path))
        print(f"{_name(path)}: {many - len(survived)} of {many} noticed")
    survived = [said for one in now.values() for said in one.survived]
    bare = [said for said in survived if said not in reasons()]
    tried = {path.name for path, _ in listed}
    idle = [said for said in reasons() if said not in survived and said.partition(" ")[0].rstrip(":") in tried]
    idle = [] if given.again else idle
    print(f"{len(listed) - len(survived)} of {len(listed)} noticed in {time.monotonic() - began:.0f} s")
    for title, those in (("survived without a reason", bare), ("a reason for nothing that survived", idle)):
        for said in those:
            print(f"  {title}: {said}")
    if given.write:
        known = {name: one for name, one in {**kept, **now}.items() if name in map(_name, paths)}
        keep(known)
        PAGE.write_text(page(known))
    return 1 if bare or idle else 0


def _warmed(listed: list, tests: list[str], workers: int) -> tuple[list[int], list[str]]:
    """What the warmed process found, which is a fork too, so that this one stays cold."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        import pytest

        from mutation.warmed import Warmed

        plugin = Warmed(listed, workers)
        try:
            pytest.main(["-q", "-s", "--tb=no", *tests], plugins=[plugin])
            with open(writing, "w") as out:  # noqa: PTH123 - a descriptor
                json.dump([plugin.results, plugin.failed], out)
        finally:
            os._exit(0)
    os.close(writing)
    with open(reading) as told:  # noqa: PTH123
        results, failed = json.load(told)
    os.waitpid(child, 0)
    return results, failed


def _name(path: Path) -> str:
    return path.relative_to(ROOT / "src/obc/domain").as_posix()


def _commit(path: Path) -> str:
    command = ["git", "log", "-1", "--format=%h", "--", str(path)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip() or "unknown"


if __name__ == "__main__":
    sys.exit(main())
