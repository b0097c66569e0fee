"""What matters most, to whom, and how sure that is."""

import pytest

from obc.domain.programme.engagement.preferences import Ballot, Compared, Preferences
from obc.domain.programme.engagement.ranking import ALL, against_points, priorities

OUTCOMES = ["home", "role", "longer-life"]


def asked(*ballots: tuple[str, str, int], fewest: int = 10, compare: tuple[str, str] | None = None) -> Preferences:
    return Preferences(
        asked="Which matter most?",
        fewest=fewest,
        draws=400,
        compare=(Compared(one=compare[0], other=compare[1]),) if compare else (),
        ballots=tuple(
            Ballot(group=group, ranks=tuple(ranks.split()), people=people) for group, ranks, people in ballots
        ),
        source="illustrative",
    )


MANY_DOCTORS = asked(
    ("patients", "home role longer-life", 10),
    ("doctors", "longer-life role home", 90),
    compare=("patients", "doctors"),
)


def test_every_group_counts_the_same_however_many_took_part():
    # patients: home above both others, doctors: above none; ninety doctors do not outvote ten patients
    everybody = priorities(MANY_DOCTORS, OUTCOMES).orders[0]
    assert (everybody.group, everybody.people) == (ALL, 100)
    assert {one.outcome: one.share for one in everybody.outcomes} == {"home": 0.5, "role": 0.5, "longer-life": 0.5}
    assert {one.rank for one in everybody.outcomes} == {1}


def test_two_groups_in_reverse_order_agree_by_minus_one():
    (pair,) = priorities(MANY_DOCTORS, OUTCOMES).compared
    assert pair.agreement == -1
    assert {gap.outcome: (gap.difference, gap.apart) for gap in pair.gaps} == {
        "home": (1, True),
        "role": (0, False),
        "longer-life": (-1, True),
    }


def test_groups_of_one_mind_are_not_apart_however_few_asked():
    same = asked(
        ("patients", "home role longer-life", 6),
        ("patients", "role home longer-life", 6),
        ("doctors", "home role longer-life", 6),
        ("doctors", "role home longer-life", 6),
        compare=("patients", "doctors"),
    )
    (pair,) = priorities(same, OUTCOMES).compared
    assert not any(gap.apart for gap in pair.gaps)


def test_an_even_vote_leaves_both_first_places_open():
    even = asked(("patients", "home role longer-life", 6), ("patients", "role home longer-life", 6))
    by_name = {one.outcome: one for one in priorities(even, OUTCOMES).orders[1].outcomes}
    assert (by_name["home"].rank_low, by_name["home"].rank_high) == (1, 2)
    assert (by_name["longer-life"].rank_low, by_name["longer-life"].rank_high) == (3, 3)


def test_a_group_too_small_is_neither_shown_nor_weighed():
    few = asked(("patients", "home role longer-life", 12), ("carers", "role", 3))
    found = priorities(few, OUTCOMES)
    assert [order.group for order in found.orders] == [ALL, "patients"]
    assert found.too_few == (("carers", 3),)
    assert found.orders[0].people == 12


def test_nobody_enough_leaves_no_order():
    assert priorities(asked(("carers", "role", 3)), OUTCOMES).orders == ()


def test_the_same_ballots_give_the_same_doubt_however_they_are_written_down():
    lines = [("patients", "home role", 8), ("patients", "role home", 4), ("patients", "longer-life", 3)]
    once = priorities(asked(*lines), OUTCOMES)
    split = [*reversed(lines[1:]), ("patients", "home role", 5), ("patients", "home role", 3)]
    assert priorities(asked(*split), OUTCOMES) == once


@pytest.mark.parametrize(
    ("points", "out_of_line"),
    [
        ({"home": 30, "role": 20, "longer-life": 10}, set()),
        ({"home": 20, "role": 20, "longer-life": 10}, set()),  # equal points share places 1 and 2
        ({"home": 10, "role": 20, "longer-life": 30}, {"home", "longer-life"}),
    ],
)
def test_points_are_out_of_line_where_their_places_cannot_meet_those_of_preference(points, out_of_line):
    order = priorities(asked(("patients", "home role longer-life", 12)), OUTCOMES).orders[0]
    assert {one.outcome for one in against_points(order, points) if one.out_of_line} == out_of_line
