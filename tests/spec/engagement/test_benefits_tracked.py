"""How far a benefit has come: by its last reading, against a straight line from baseline to target."""

from datetime import date

import pytest

from obc.domain.programme.engagement.benefits import Benefit, not_coming, tracked

START, END = date(2027, 4, 1), date(2031, 4, 1)  # four years: a quarter of the way each
BASE = {"value": "20 %", "on": START, "source": "year 0"}


def benefit(*readings: tuple[str, date], baseline=BASE, target="40 %") -> Benefit:
    return Benefit.model_validate(
        {
            "id": "role",
            "benefit": "A role",
            "measure": "in work",
            "decides": "the board moves money",
            "owner": "lead",
            "baseline": baseline,
            "target": {"value": target, "by": END, "source": "plan"},
            "readings": [{"value": value, "on": on, "source": "values"} for value, on in readings],
        }
    )


@pytest.mark.parametrize(
    ("reading", "stands", "way"),
    [
        ("24 %", "behind", "1/5"),  # a quarter is due after a year
        ("25 %", "behind", "1/4"),  # 366 of 1,461 days have passed: 25.05 % is due
        ("26 %", "on the way", "3/10"),
        ("40 %", "reached", "1"),
        ("18 %", "behind", "-1/10"),
    ],
)
def test_after_a_year_a_quarter_of_the_way_is_due(reading, stands, way):
    found = tracked(benefit((reading, date(2028, 4, 1))), date(2028, 6, 1))
    assert (found.stands, str(found.way)) == (stands, way)


def test_less_is_better_where_the_target_lies_below():
    down = benefit(("17 %", date(2028, 4, 1)), target="10 %")
    assert tracked(down, date(2028, 6, 1)).stands == "on the way"


def test_a_reading_to_come_is_not_known_yet():
    assert tracked(benefit(("40 %", date(2028, 4, 1))), date(2028, 3, 31)).stands == "not measured"


def test_without_a_baseline_nobody_will_know():
    found = tracked(benefit(("40 %", date(2028, 4, 1)), baseline=None), END)
    assert (found.stands, found.way) == ("no baseline", None)
    (missing,) = not_coming([found], END)
    assert missing.what == "a baseline"


@pytest.mark.parametrize(
    ("readings", "on", "missing"),
    [
        ((), date(2028, 4, 1), []),
        ((), date(2031, 4, 2), ["not measured, to be reached by 2031-04-01; the board moves money"]),
        (
            (("21 %", date(2028, 4, 1)),),
            date(2028, 6, 1),
            ["behind, to be reached by 2031-04-01; the board moves money"],
        ),
        ((("40 %", date(2028, 4, 1)),), date(2032, 4, 1), []),
    ],
)
def test_what_does_not_come_says_who_does_what_about_it(readings, on, missing):
    assert [one.says for one in not_coming([tracked(benefit(*readings), on)], on)] == missing
