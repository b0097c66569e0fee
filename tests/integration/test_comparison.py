"""A published file, one place among its peers: sentence, page and funnel."""

import json

import pytest

from command import obc
from obc.bootstrap import watching
from obc.domain.core.kernel.problem import Problems
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
