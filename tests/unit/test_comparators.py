"""Comparators: published figures stay what their source made of them."""

from decimal import Decimal

import pytest

from obc.domain.core.kernel.problem import Problems
from obc.domain.outcomes.monitoring.comparators import Comparator, compared, interval, peers_like, slope_across
from obc.loaders import fingertips, mhsds_publication
from obc.loaders.fingertips import read_fingertips
from obc.loaders.mhsds_publication import areas, read_publication

PUBLISHED = "mhsds_four_week_waits_2024_q2.csv"
ICB = "ICB of GP Practice or Residence"


@pytest.fixture
def waits(data_file):
    """Community mental-health waits under four weeks, July to September 2024."""
    return read_publication(data_file(PUBLISHED), "MRS01a", "MRS01")


def test_the_england_figure_as_published(waits):
    # NHS England, MHSDS waits, July to September 2024: MRS01b = 8.375894
    england = next(one for one in waits if one.area == "England")
    assert (england.numerator, england.denominator, england.state) == (1148, 13706, "as published")
    assert round(100 * england.value, 6) == Decimal("8.375894")
    # Wilson by hand: (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n)
    assert (round(england.lower_95, 5), round(england.upper_95, 5)) == (0.07924, 0.08851)


def test_the_local_figure_is_marked_as_rounded(waits):
    local = next(one for one in waits if one.area == "QU9")
    assert (local.numerator, local.denominator) == (25, 255)
    assert (local.state, local.note) == ("rounded at source", "counts to the nearest 5")
    assert local.starts.isoformat() == "2024-07-01" and local.ends.isoformat() == "2024-09-30"


def test_a_suppressed_cell_is_no_nought(waits):
    trust = next(one for one in waits if one.area == "RNU")
    assert (trust.numerator, trust.denominator, trust.value) == (None, 45, None)
    assert trust.state == "suppressed at source" and trust.lower_95 is None


def test_boards_are_held_against_their_own_centre(waits):
    boards = list(areas(waits, ICB))
    found = compared(boards)
    with_counts = [one for one in boards if one.value is not None]
    assert found.unusable == len(boards) - len(with_counts) > 0
    total = sum(one.numerator for one in with_counts) / sum(one.denominator for one in with_counts)
    assert found.centre == pytest.approx(float(total))
    assert found.between > 0  # boards differ by more than chance
    local = next(one for one in found.places if one.comparator.area == "QU9")
    assert local.position == 0 and local.limits == tuple(sorted(local.limits))
    assert {one.part for one in found.places if one.comparator.value is None} <= {None}
    assert {one.part for one in found.places} >= {1, 5}


HEAD = ",".join(mhsds_publication.HEADER)
ROW = "01/07/2024,30/09/2024,Performance,Provider,{},A place,NONE,NONE,{},A measure,{}"


def published(tmp_path, *rows):
    """A publication of these (area, measure, value)."""
    path = tmp_path / "published.csv"
    path.write_text("\n".join([HEAD, *(ROW.format(*row) for row in rows)]) + "\n")
    return path


def test_a_row_that_is_not_there_is_missing_and_an_empty_denominator_has_no_value(tmp_path):
    path = published(tmp_path, ("X", "under", 10), ("Y", "top", 0), ("Y", "under", 0))
    missing, empty = read_publication(path, "top", "under")
    assert (missing.state, missing.numerator, missing.value) == ("missing at source", None, None)
    assert (empty.state, empty.value, empty.lower_95) == ("rounded at source", None, None)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("a,b\n1,2\n", "another header: a, b"),
        (f"{HEAD}\n1,2\n", "2 cells"),
        (f"{HEAD}\n{ROW.format('X', 'top', 'many')}\n", "'many' as MEASURE_VALUE"),
        (f"{HEAD}\n{ROW.format('X', 'top', '-1')}\n", "'-1' as MEASURE_VALUE"),
        (f"{HEAD}\n{ROW.format('X', 'other', '1')}\n", "no measure top or under"),
        (f'{HEAD}\n"1', "a file that is no CSV"),
        (
            f"{HEAD}\n{ROW.format('X', 'top', 1)}\n{ROW.format('X', 'under', 1)}\n".replace("01/07/2024", "July"),
            "'July' as a day",
        ),
    ],
)
def test_a_wrong_publication_says_what_is_wrong(tmp_path, content, said):
    path = tmp_path / "published.csv"
    path.write_text(content)
    with pytest.raises(Problems, match=said):
        read_publication(path, "top", "under")


def test_a_file_that_is_absent_or_no_text(tmp_path):
    with pytest.raises(Problems, match="No such file"):
        read_publication(tmp_path / "absent.csv", "top", "under")
    path = tmp_path / "bytes.csv"
    path.write_bytes(b"\xff\xfe\xff")
    with pytest.raises(Problems, match="not UTF-8"):
        read_publication(path, "top", "under")


def fingertips_file(tmp_path, *rows):
    """A Fingertips download of these cells by column."""
    path = tmp_path / "fingertips.csv"
    lines = [",".join(str(row.get(name, "")) for name in fingertips.HEADER) for row in rows]
    path.write_text("\n".join([",".join(fingertips.HEADER), *lines]) + "\n")
    return path


def test_fingertips_cells_stay_what_they_are(tmp_path):
    known = {"Indicator ID": "90", "Area Code": "E1", "Value": "60.5", "Count": "121", "Denominator": "200"}
    known |= {"Lower CI 95.0 limit": "53.6", "Upper CI 95.0 limit": "67.0", "Time period": "2023/24"}
    hidden = {"Indicator ID": "90", "Area Code": "E2", "Value note": "Value suppressed for disclosure control"}
    path = fingertips_file(tmp_path, known, hidden, {"Indicator ID": "90"}, {"Indicator ID": "91", "Value": "1"})
    one, two, three = read_fingertips(path, "90")
    assert (one.value, one.lower_95, one.upper_95) == (Decimal("0.605"), 0.536, 0.67)
    assert (one.numerator, one.denominator, one.period) == (121, 200, "2023/24")
    assert (two.value, two.state) == (None, "suppressed at source")
    assert (three.value, three.state) == (None, "missing at source")
    with pytest.raises(Problems, match="no indicator 92"):
        read_fingertips(path, "92")
    wrong = fingertips_file(tmp_path, {"Indicator ID": "90", "Value": "much"})
    with pytest.raises(Problems, match="'much' under Value"):
        read_fingertips(wrong, "90")


def place(area: str, top: int | None, under: int | None) -> Comparator:
    """A comparator with an interval from its counts."""
    counts = [None if one is None else Decimal(one) for one in (top, under)]
    lower, upper = interval(*counts)
    value = counts[0] / counts[1] if counts[0] is not None and counts[1] else None
    given = {"source": "test", "measure": "m", "area_type": "t", "area": area, "name": area, "state": "as published"}
    return Comparator(**given, numerator=counts[0], denominator=counts[1], value=value, lower_95=lower, upper_95=upper)


def test_a_place_far_from_the_others_lies_beyond_the_limits():
    peers = [place(f"p{i}", 500 + 2 * (i % 5), 1_000) for i in range(20)] + [place("far", 800, 1_000)]
    found = compared(peers)
    assert found.places[-1].position == 2 and found.places[-1].part == 5
    assert all(one.position == 0 for one in found.places[:-1])


def test_too_few_peers_are_held_against_nothing():
    found = compared([place("a", 5, 10), place("b", None, 10)])
    assert found.centre is None and found.unusable == 1 and found.places[0].position is None


def test_peers_are_those_nearest_in_deprivation():
    scores = {"own": 10.0, "a": 30.0, "b": 11.0, "c": 8.5, "d": 9.0}
    assert peers_like("own", scores, 3) == ("own", "b", "d", "c")
    with pytest.raises(KeyError):
        peers_like("elsewhere", scores, 3)


def test_the_slope_is_the_gap_from_most_to_least_deprived():
    # five equal fifths on a line from 30 % to 50 %: middles at 0.1 … 0.9, so that the line spans 25 points
    fifths = [place(str(i), 300 + 50 * i, 1_000) for i in range(5)]
    found = slope_across(fifths, [1_000] * 5)
    assert found.slope == pytest.approx(0.25) and found.lower < 0.25 < found.upper
    assert slope_across(fifths[:3], [1_000] * 3).not_known == "there are fewer than five quantiles"
    assert slope_across([], []).slope is None
    hidden = [*fifths[:4], place("4", None, 1_000)]
    assert slope_across(hidden, [1_000] * 5).slope is None
