"""A promise is kept when somebody else has confirmed it; savings are set against plan, and missing is never nothing."""

from datetime import date
from fractions import Fraction

import pytest

from managed_samples import DAY, HOME, MAYOR
from obc.domain.core.kernel.problem import Problems
from obc.domain.core.kernel.provenance import Evidence
from obc.domain.programme.levers.promises import Promise, late_first, promise_after
from obc.domain.programme.levers.savings import Saving, against_plan

MADE = Promise.model_validate(
    {"id": "posts", "contract": "c", "title": "Fill the posts", "owner": "day-lead", "due": "2020-06-30", "from": "b"}
)


def test_its_owner_finishes_it_with_evidence_and_somebody_else_confirms():
    finished = promise_after(MADE, "finish", DAY, "the rota")
    assert (finished.state, finished.evidence) == ("finished", "the rota")
    assert promise_after(finished, "confirm", MAYOR, None).state == "confirmed"
    assert promise_after(finished, "send back", MAYOR, None).state == "open"


@pytest.mark.parametrize(
    ("stood", "verb", "by", "evidence", "words"),
    [
        (MADE, "finish", HOME, "e", "home-lead, who does not own it; it is for day-lead to finish"),
        (MADE, "finish", DAY, None, "no evidence; say what shows it"),
        (MADE, "drop", DAY, None, "it is for commissioner manager or contract manager to do"),
        (MADE, "confirm", MAYOR, None, "'confirm' while it is open"),
        (MADE.model_copy(update={"state": "finished"}), "confirm", DAY, None, "day-lead, who owns it; somebody else"),
    ],
)
def test_nobody_confirms_their_own(stood, verb, by, evidence, words):
    with pytest.raises(Problems, match=words):
        promise_after(stood, verb, by, evidence)


def test_it_is_late_from_the_day_after_and_the_open_ones_come_first():
    assert not MADE.late(date(2020, 6, 30)) and MADE.late(date(2020, 7, 1))
    finished = MADE.model_copy(update={"id": "done", "state": "finished", "due": date(2020, 1, 1)})
    assert not finished.late(date(2020, 7, 1))
    assert [one.id for one in late_first([finished, MADE], date(2020, 7, 1))] == ["posts", "done"]


def saving(name: str, planned: str, delivered: str | None, evidence: str = "final", year: int = 1) -> Saving:
    given = {"id": name, "contract": "c", "title": name, "year": year, "planned": planned, "source": "test"}
    return Saving.model_validate(given | {"evidence": evidence} | ({"delivered": delivered} if delivered else {}))


def test_the_share_is_of_the_plan_that_is_known_of():
    """£100,000 planned and £60,000 came; of another £40,000 nothing is known yet. 60 %, not 43 %, and not 100 %."""
    (row,) = against_plan([saving("a", "100k", "60k"), saving("b", "40k", None, "not due")])
    assert (row.planned_minor, row.known_of_minor, row.delivered_minor) == (14_000_000, 10_000_000, 6_000_000)
    assert (row.short_minor, row.share, row.evidence) == (4_000_000, Fraction(3, 5), Evidence.NOT_DUE)


def test_where_nothing_is_known_there_is_no_share():
    (row,) = against_plan([saving("a", "100k", None, "missing")])
    assert (row.share, row.delivered_minor, row.evidence) == (None, 0, Evidence.MISSING)


def test_more_than_planned_is_not_short():
    (row,) = against_plan([saving("a", "100k", "110k", "provisional")])
    assert (row.short_minor, row.share) == (-1_000_000, Fraction(11, 10))


def test_years_stand_apart():
    rows = against_plan([saving("a", "1k", "1k", year=2), saving("b", "2k", "1k", year=1)])
    assert [(row.year, row.planned_minor) for row in rows] == [(1, 200_000), (2, 100_000)]


@pytest.mark.parametrize(("delivered", "evidence"), [("1k", "missing"), ("1k", "not due"), (None, "final")])
def test_a_figure_says_how_sure_it_is_and_no_figure_says_why(delivered, evidence):
    with pytest.raises(ValueError, match="a figure is provisional or final"):
        saving("a", "1k", delivered, evidence)
