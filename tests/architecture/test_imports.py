"""The house holds: who may import whom."""

import subprocess
import sys
from pathlib import Path

from places import ROOT


def test_the_rooms_import_only_what_they_may():
    lint = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


def test_help_starts_fast_because_it_loads_nothing_heavy():
    loaded = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys\nsys.argv = ['obc', '--help']\n"
            "from obc.cli.main import run\n"
            "try: run()\nexcept SystemExit: pass\n"
            "print('LOADED', *sorted({name.partition('.')[0] for name in sys.modules}))",
        ],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.rpartition("LOADED")[2]
    heavy = {"pydantic", "rich", "duckdb", "django", "numpy", "scipy", "statsmodels", "yaml", "sqlglot", "altair"}
    assert not heavy & set(loaded.split())
