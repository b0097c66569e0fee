"""A published file, one place among its peers: sentence, page and funnel."""

import json
import re

import pytest

from command import obc
from obc.bootstrap import watching
from obc.domain.core.kernel.problem import Problems
from obc.domain.outcomes.publication.fingertips import HEADER
from obc.reports.comparison import comparison_document, figure, headline
from obc.services.compare import compare_places

PUBLISHED = "mhsds_four_week_waits_2024_q2.csv"
MEASURES = ("--numerator", "MRS01a", "--denominator", "MRS01")


def test_the_command_says_both_figures_with_their_intervals(data_file, tmp_path):
    said = obc("compare", data_file(PUBLISHED), *MEASURES, "--area", "QU9", "--out", tmp_path)
    assert said.status == 0, said.err
    assert "25 of 255 (9.80%; 6.73% to 14.07%, rounded at source)" in said.out
    assert "England: 1,148 of 13,706 (8.38%; 7.92% to 8.85%)" in said.out
    table = (tmp_path / "charts/funnel.csv").read_text()
    assert "suppressed at source" in table and (tmp_path / "charts/funnel.png").exists()


def test_for_machines_with_chosen_peers(data_file):
    call = ("compare", data_file(PUBLISHED), *MEASURES, "--area", "QU9", "--peer", "QT1", "--format", "json")
    found = json.loads(obc(*call).out)
    assert found["schema_version"] == 1
    assert {one["comparator"]["area"] for one in found["among"]["places"]} == {"QU9", "QT1"}


def test_a_call_that_names_no_measure_is_wrong(data_file):
    assert obc("compare", data_file(PUBLISHED), "--area", "QU9").status == 2


def test_places_without_figures_say_so(data_file):
    found = watching.compare(data_file(PUBLISHED), "RNU", "MRS01a", "MRS01", None, [])
    assert figure(found.own) == "no figure (suppressed at source)"
    assert "Among its peers" not in headline(found.own, found.nation, found.among)
    assert comparison_document(found.own, None, found.among).title.startswith("Number of CMH")
    with pytest.raises(Problems, match="no place 'ZZZ'"):
        watching.compare(data_file(PUBLISHED), "ZZZ", "MRS01a", "MRS01", None, [])
    with pytest.raises(Problems, match="no place 'England'"):
        compare_places([found.own], "RNU", ["England"])


def test_peers_by_deprivation_are_those_of_the_same_tenth_or_the_nearest(data_file):
    call = ("compare", data_file(PUBLISHED), *MEASURES, "--area", "QU9", "--format", "json")
    scores = data_file("imd2025_icb24.csv")
    same = obc(*call, "--deprivation", scores).json
    assert 3 <= len(same["among"]["places"]) <= 5  # a tenth of 42 boards
    nearest = obc(*call, "--deprivation", scores, "--nearest", 9).json
    assert len(nearest["among"]["places"]) == 10
    assert obc(*call, "--deprivation", scores, "--peer", "QT1").status == 2
    assert "no column 'imd'" in obc(*call[:-2], "--deprivation", scores, "--column", "imd").out


def test_a_place_without_a_score_says_so(data_file, tmp_path):
    scores = tmp_path / "scores.csv"
    scores.write_text("code,name,score\nQT1,Elsewhere,20\n")
    ran = obc("compare", data_file(PUBLISHED), *MEASURES, "--area", "QU9", "--deprivation", scores, "--column", "score")
    assert ran.status == 1 and "no score for QU9" in ran.out


def test_another_place_is_drawn_as_a_line_and_told(data_file, tmp_path):
    ran = obc("compare", data_file(PUBLISHED), *MEASURES, "--area", "QT1", "--line", "QU9", "--out", tmp_path)
    assert "25 of 255 (9.80%" in ran.out and "England: 1,148 of 13,706" in ran.out
    assert "NHS Buckinghamshire, Oxfordshire and Berkshire West Integrated Care Board: 25" in ran.out
    assert "QU9" in (tmp_path / "charts/funnel.svg").read_text()


def test_divisions_of_a_published_place_come_with_their_slope(tmp_path):
    file = tmp_path / "fingertips.csv"
    words = ["Most", "Second most", "Third more", "Fourth more", "Fifth more", "Fifth less", "Fourth less"]
    words += ["Third less", "Second least", "Least"]
    rows = [row("", "", "Persons", 500, 1000), row("", "", "Female", 300, 500)]
    rows += [
        row("Deprivation deciles", f"{word} deprived decile", "Persons", 30 + 4 * i, 100)
        for i, word in enumerate(words)
    ]
    file.write_text("\n".join([",".join(HEADER), *rows]) + "\n")
    ran = obc("compare", file, "--indicator", "1", "--area", "E92000001", "--out", tmp_path)
    assert ran.status == 0, ran.err
    assert "500 of 1,000 (50.00%" in ran.out
    assert "slope index: 40.0 percentage points from the most to the least deprived" in ran.out
    assert "By Sex: Female differs from everybody by more than chance" in ran.out
    assert "Different people" in (tmp_path / "comparison.html").read_text()


def row(division: str, part: str, sex: str, top: int, under: int) -> str:
    """A row of Fingertips' CSV about England."""
    cells = {
        "Indicator ID": "1",
        "Indicator Name": "Waits",
        "Area Code": "E92000001",
        "Area Name": "England",
        "Area Type": "England",
        "Sex": sex,
        "Category Type": division,
        "Category": part,
        "Time period": "2024/25",
        "Value": str(100 * top / under),
        "Count": str(top),
        "Denominator": str(under),
    }
    return ",".join(cells.get(name, "") for name in HEADER)


def test_a_line_far_above_all_places_stays_in_the_picture(data_file, tmp_path):
    call = ("compare", data_file(PUBLISHED), *MEASURES, "--area", "QU9", "--peer", "QNC", "--line", "QT1")
    ran = obc(*call, "--out", tmp_path)
    assert ran.status == 0, ran.err
    height = float(re.search(r'<svg [^>]*height="(\d+)"', (tmp_path / "charts/funnel.svg").read_text())[1])
    assert height < 420  # a line beyond the axis would make the picture taller
