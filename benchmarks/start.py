"""How long a command takes to begin: `obc --help` against Python that does nothing, in turn; at most 0.3 s.

Fails where it works for more than the budget and half of it again, or so many times as long as Python itself.
"""

import argparse
import resource
import subprocess
import sys
from time import perf_counter

BUDGET, ALLOWED, ROUNDS = 0.3, 1.5, 7


def seconds(*command: str) -> tuple[float, float]:
    """By the clock, and that the processor worked."""
    before, began = _of_children(), perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return perf_counter() - began, _of_children() - before


def _of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> int:
    """Print both; 1 where over budget."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--times", type=float, default=18.0, help="how many times Python itself it may take")
    asked = given.parse_args()
    program = "from obc.cli.main import run; import sys; sys.argv = ['obc', '--help']; run()"
    pairs = [(seconds(sys.executable, "-c", program), seconds(sys.executable, "-c", "")) for _ in range(ROUNDS)]
    clock, worked = (min(ours[n] for ours, _ in pairs) for n in (0, 1))
    floor = min(python[1] for _, python in pairs)
    print(f"obc --help: {clock:.2f} s, {worked:.2f} s worked; budget {BUDGET} s")
    print(f"  Python doing nothing: {floor:.2f} s worked, so {worked / floor:.1f} times that")
    return int(worked > BUDGET * ALLOWED or worked / floor > asked.times)


if __name__ == "__main__":
    sys.exit(main())
