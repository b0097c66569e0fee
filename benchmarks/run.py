"""Every benchmark of `budget.yaml`, one after another, each in a process of its own; fails where one is over budget.

`--size small` runs those that have a small size, in less than three minutes. A ratio may be exceeded by half.
"""

import argparse
import subprocess
import sys
from pathlib import Path
from time import perf_counter

import yaml

HERE = Path(__file__).parent
ALLOWED = 1.5


def main() -> int:
    """Run them; 1 where any is over budget."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--size", choices=["small", "large"], default="large")
    size = given.parse_args().size
    over = []
    for name, told in yaml.safe_load((HERE / "budget.yaml").read_text(encoding="utf-8")).items():
        if size not in told:
            print(f"== {name}: only large")
            continue
        times = told[size].get("times")
        limit = ["--times", str(times * ALLOWED)] if times else []
        print(f"== {name}, against {told.get('peer', told.get('floor'))}", flush=True)
        began = perf_counter()
        ended = subprocess.run([sys.executable, HERE / told["run"], *told[size]["arguments"], *limit], check=False)
        print(f"   {perf_counter() - began:.0f} s with all that goes before")
        if ended.returncode:
            over.append(name)
    print(f"over budget: {', '.join(over)}" if over else "all within budget")
    return int(bool(over))


if __name__ == "__main__":
    sys.exit(main())
