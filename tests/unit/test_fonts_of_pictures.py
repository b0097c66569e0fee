"""A picture is the same bytes on a machine with other fonts."""

import os
import subprocess
import sys
from pathlib import Path

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="30"><text y="20" font-family="sans-serif">£1 ≥ 98 %</text></svg>'  # noqa: E501
DRAW = """
import hashlib, os, sys
from obc.reports.charts.chart import Chart
from obc.reports.table import Table
chart = Chart("name", "title", "sentence", Table("caption", (), ()), "", sys.argv[1], 200)
print(hashlib.sha256(chart.png).hexdigest(), os.environ.get("FONTCONFIG_FILE"))
"""


def drawn(**fonts: str) -> list[str]:
    """The hash of the picture, and the setting as it is afterwards."""
    ended = subprocess.run(
        [sys.executable, "-c", DRAW, SVG], env=os.environ | fonts, text=True, capture_output=True, check=True
    )
    return ended.stdout.split()


def test_fonts_of_the_machine_do_not_matter_and_its_setting_stays(tmp_path: Path) -> None:
    none = tmp_path / "none.conf"
    none.write_text(f"<?xml version='1.0'?><fontconfig><dir>{tmp_path}</dir></fontconfig>", encoding="utf-8")
    here, elsewhere = drawn(), drawn(FONTCONFIG_FILE=str(none))
    assert here[0] == elsewhere[0]
    assert elsewhere[1] == str(none)
