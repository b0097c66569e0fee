"""`obc.statistics` is there when asked for, and costs no more than it must."""

import subprocess
import sys

import obc
from obc.domain.core import statistics


def test_the_public_name_leads_to_the_room():
    assert obc.statistics is statistics
    assert all(hasattr(statistics, name) for name in statistics.__all__)


def test_importing_it_loads_neither_statsmodels_nor_the_distributions_of_scipy():
    # seconds of imports for a line or two of arithmetic
    told = "import sys, obc; obc.statistics; print(*(m for m in sys.modules if m.count('.') < 2))"
    loaded = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True).stdout.split()
    assert "scipy.special" in loaded
    assert not {"statsmodels", "pandas", "scipy.stats", "duckdb", "pydantic"} & set(loaded)
