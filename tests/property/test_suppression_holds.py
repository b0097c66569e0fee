"""Whatever the table: nobody can work out a small count from what is shown."""

from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from obc.domain.measurement.indicators.values import ALL
from obc.domain.outcomes.publication.suppression import PROFILES, hidden

NHS, BELOW_5 = PROFILES["nhs"], PROFILES["below-5"]


@st.composite
def tables(draw):
    """Segments by quarters with all totals; small counts are common."""
    rows, columns = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    number = st.one_of(st.integers(0, 9), st.integers(0, 200))
    cells = {(f"s{i}", f"q{j}"): draw(number) for i in range(rows) for j in range(columns)}
    for i in range(rows):
        cells[f"s{i}", ALL] = sum(cells[f"s{i}", f"q{j}"] for j in range(columns))
    for place in [*(f"q{j}" for j in range(columns)), ALL]:
        cells[ALL, place] = sum(cells[f"s{i}", place] for i in range(rows))
    return {place: (count,) for place, count in cells.items()}


def feasible(table, hides, wanted):
    """The least and the most that a hidden count can be, for one who knows the shown ones and that parts add up."""
    places = sorted(hides)
    equations, sides = [], []
    rows, columns = ({place[axis] for place in table} - {ALL} for axis in (0, 1))
    lines = [((row, ALL), [(row, c) for c in columns]) for row in [*rows, ALL]]
    lines += [((ALL, column), [(r, column) for r in rows]) for column in [*columns, ALL]]
    for total, parts in lines:
        signs = {**dict.fromkeys(parts, 1), total: -1}
        equations.append([signs.get(place, 0) if place in signs else 0 for place in places])
        sides.append(-sum(sign * table[place][0] for place, sign in signs.items() if place not in hides))
    ends = []
    for sign in (1, -1):
        goal = [sign if place == wanted else 0 for place in places]
        found = linprog(goal, A_eq=equations, b_eq=sides, bounds=(0, None))
        ends.append(np.inf if found.status == 3 else sign * found.fun)
    return ends


@given(tables(), st.sampled_from([NHS, BELOW_5]))
def test_a_small_count_is_hidden_and_differencing_does_not_bring_it_back(table, profile):
    hides = hidden(table, profile)
    small = {place for place, (count,) in table.items() if 0 < count <= profile.suppressed_to}
    assert small <= hides
    for place in small:
        least, most = feasible(table, hides, place)
        assert most - least > 1e-6, f"{place} must be {least}"


@given(tables(), st.sampled_from([NHS, BELOW_5]))
def test_what_is_left_over_on_a_line_is_no_small_count_either(table, profile):
    hides = hidden(table, profile)
    rows = {place[0] for place in table} - {ALL}
    for column in {place[1] for place in table}:
        parts = [(row, column) for row in rows]
        if (ALL, column) not in hides and any(part in hides for part in parts):
            left = table[ALL, column][0] - sum(table[part][0] for part in parts if part not in hides)
            assert left == 0 or left > profile.suppressed_to


@given(tables())
def test_where_nothing_is_small_nothing_is_hidden(table):
    large = {place: (count * 100,) for place, (count,) in table.items()}
    assert hidden(large, NHS) == frozenset()
    assert hidden(table, PROFILES["none"]) == frozenset()


def test_a_cycle_of_four_hidden_cells_is_left_alone():
    table = {("s0", "q0"): (3,), ("s0", "q1"): (20,), ("s1", "q0"): (30,), ("s1", "q1"): (4,), ("s2", "q0"): (50,)}
    table |= {("s2", "q1"): (60,)}
    for row, column in product(("s0", "s1", "s2"), (ALL,)):
        table[row, column] = (sum(table[row, q][0] for q in ("q0", "q1")),)
    for column in ("q0", "q1", ALL):
        table[ALL, column] = (sum(table[row, column][0] for row in ("s0", "s1", "s2")),)
    assert hidden(table, NHS) == {("s0", "q0"), ("s0", "q1"), ("s1", "q0"), ("s1", "q1")}


def test_sums_and_noughts_together_give_nothing_away():
    # each line alone leaves two unknowns or more; together, with no count below 0, they left one answer
    table = {("s0", "q0"): (0,), ("s0", "q1"): (0,), ("s1", "q0"): (0,), ("s1", "q1"): (1,), ("s2", "q0"): (5,)}
    table |= {("s2", "q1"): (1,), ("s3", "q0"): (0,), ("s3", "q1"): (4,), ("s0", ALL): (0,), ("s1", ALL): (1,)}
    table |= {("s2", ALL): (6,), ("s3", ALL): (4,), (ALL, "q0"): (5,), (ALL, "q1"): (6,), (ALL, ALL): (11,)}
    hides = hidden(table, BELOW_5)
    for place in [place for place, (count,) in table.items() if 0 < count < 5]:
        least, most = feasible(table, hides, place)
        assert most - least > 1e-6
