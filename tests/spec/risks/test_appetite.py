"""What counts is the score as it stands: before controls until every control is in place. Beyond the appetite, a risk
must be escalated."""

import pytest

from obc.domain.programme.risks.acts import controlled
from obc.domain.programme.risks.heat_map import banded, heat_map
from obc.domain.programme.risks.scale import Rating
from programme_samples import APPETITE, DIRECTOR, risk


def test_a_planned_control_controls_nothing_yet():
    planned = risk()
    half = controlled(planned, "plan", "minutes of May", DIRECTOR)
    whole = controlled(half, "watch", "weekly report", DIRECTOR)
    assert [one.standing.score for one in (planned, half, whole)] == [16, 16, 6]


@pytest.mark.parametrize(
    ("category", "severity", "likelihood", "beyond"),
    [("time", 3, 4, False), ("time", 3, 5, True), ("quality", 2, 3, False), ("quality", 2, 4, True)],
)
def test_beyond_the_appetite_is_more_than_the_limit_of_its_category(category, severity, likelihood, beyond):
    rating = Rating(severity=severity, likelihood=likelihood)
    one = risk(category=category, before=rating, after=Rating(severity=1, likelihood=1))
    assert APPETITE.exceeded_by(one) is beyond
    assert (APPETITE.waiting([one]) == (one,)) is beyond


def test_the_heat_map_counts_every_live_risk_once_at_each_moment():
    held = [risk(), risk(id="other", before=Rating(severity=5, likelihood=2))]
    gone = risk(id="gone", state="closed", closed={"how": "happened", "by": "ann", "on": "2014-01-01"})
    for when in ("before", "standing", "after"):
        cells = heat_map([*held, gone], when)
        assert len(cells) == 25 and sum(len(cell.risks) for cell in cells) == 2
    found = {(cell.severity, cell.likelihood): cell.risks for cell in heat_map(held, "before") if cell.risks}
    assert found == {(4, 4): ("delay",), (5, 2): ("other",)}
    assert banded([*held, gone], "before") == {"green": 0, "amber": 1, "red": 1}
    assert banded([*held, gone], "after") == {"green": 2, "amber": 0, "red": 0}
