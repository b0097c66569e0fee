"""Lines of a scorecard that are out of the ordinary say why."""

from copy import deepcopy
from typing import Any

import pytest

from obc.domain.contract.agreement.contract import Contract
from obc.domain.measurement.segmentation.segmentation import Segmentation
from obc.domain.outcomes.framework.framework import Framework
from obc.domain.outcomes.publication.publication import FOR_PARTIES
from obc.domain.outcomes.scoring.score import score
from obc.reports.history import History
from obc.reports.names import Names
from obc.reports.scorecard import points_chart, scorecard_document
from obc.reports.scored import Line, Scored, sentence_of
from report_samples import FRAMEWORK, contract, values


def scored(found=None, **changes: Any) -> Scored:
    """The second year under a framework whose first indicator is changed."""
    held = _changed(**changes)
    directions = {one.id: one.direction for one in held.definitions}
    given = values().values if found is None else found
    card = score(held.framework, given, directions, 2, held.period(2))
    return Scored.of(card, Names(held), given, FOR_PARTIES)


def _changed(**changes: Any) -> Contract:
    framework = deepcopy(FRAMEWORK)
    use = framework["outcomes"][0]["indicators"][0]
    use.update({name.replace("_", " "): value for name, value in changes.items()})
    for name in [name for name, value in use.items() if value is None]:
        del use[name]
    return contract().model_copy(update={"framework": Framework.model_validate(framework)})


def first(card: Scored) -> Line:
    return card.lines(card.card.outcomes[0])[0]


def test_an_indicator_that_is_shown_and_not_paid_says_so():
    line = first(scored(incentivised=False, thresholds=None))
    assert (line.points, line.next, line.reached) == ("not paid", "no thresholds", "shown only")


def test_too_few_cases_are_not_scored():
    line = first(scored(minimum_cases=10_000))
    assert line.reached == "not scored: insufficient"
    assert line.next == "good: at least 60.0%"


def test_an_outcome_without_any_value_says_why_it_earned_nothing():
    card = scored([one for one in values().values if one.indicator != "home-after-a-year"])
    assert sentence_of(card.card.outcomes[0]).startswith("It could not be scored, because its figures are missing.")
    assert first(card).value == "missing"


def test_a_change_is_shown_beside_the_value():
    line = first(scored(judged_by="difference", baseline="70 %", thresholds=_marks("1 %", "3 %", "6 %")))
    assert line.value == "73.0% (68.0% to 78.0%); change +2.95 percentage points"  # not quite 3, so not +3.0
    assert line.reached == "good: at least +1.0 percentage points"
    assert line.next == "improved: at least +3.0 percentage points"


@pytest.mark.parametrize(
    ("improved", "value", "level"),
    [
        ("72.9 %", "73.0%", "improved"),
        ("73 %", "72.95%", "good"),  # 178 of 244 is 72.9508 %
        ("72.951 %", "72.9508%", "good"),
        ("72.95 %", "72.951%", "improved"),
    ],
)
def test_a_value_that_misses_a_threshold_never_reads_as_if_it_met_it(improved, value, level):
    line = first(scored(thresholds=_marks("60 %", improved, "75 %")))
    assert line.value == f"{value} (68.0% to 78.0%)"
    assert line.scored.level == level


def _marks(good: str, improved: str, excellent: str) -> dict[str, str]:
    return {"good": good, "improved": improved, "excellent": excellent}


@pytest.mark.parametrize(
    ("judged_by", "marks"),
    [
        ("level", ("60 %", "66 %", "75 %")),
        ("difference", ("10 %", "16 %", "25 %")),
        ("relative change", ("20 %", "32 %", "50 %")),
    ],
)
def test_thresholds_of_a_change_are_drawn_where_the_value_has_to_be(judged_by, marks):
    held = _changed(judged_by=judged_by, baseline="50 %", thresholds=_marks(*marks))
    drawn = next(History.of(Names(held), values().values, FOR_PARTIES).charts()).inline
    usual = next(History.of(Names(contract()), values().values, FOR_PARTIES).charts()).inline
    assert drawn == usual


def test_a_year_without_points_says_which_outcomes_earned_none():
    nobody = [
        one.model_copy(update={"numerator": 0, "value": 0}) for one in values().values if one.measure == "proportion"
    ]
    chart = points_chart(scored(nobody), "none")
    assert "Most points" not in chart.sentence
    assert "No points: People keep a settled home" in chart.sentence


def test_a_contract_with_sources_for_everything_has_no_illustrative_section():
    sourced = scored()
    agreed = _sourced(FRAMEWORK)
    held = sourced.names.contract.model_copy(update={"framework": agreed, "mechanism": None})
    document = scorecard_document(Scored.of(sourced.card, Names(held), values().values, FOR_PARTIES))
    assert [section.id for section in document.sections] == ["points", "outcomes", "about"]
    assert "illustrative" in [section.id for section in scorecard_document(sourced).sections]


def _sourced(node: Any) -> Framework:
    def agree(part: Any) -> Any:
        if isinstance(part, list):
            return [agree(one) for one in part]
        if isinstance(part, dict):
            return {name: "agreed" if name == "source" else agree(one) for name, one in part.items()}
        return part

    return Framework.model_validate(agree(node))


def test_segments_are_called_as_the_contract_calls_them():
    held = Segmentation.model_validate(
        {
            "id": "two",
            "title": "Two segments",
            "why": "People differ.",
            "segments": [{"id": "psychosis", "title": "Psychosis, first or lasting", "source": "s"}],
            "source": "s",
            "owner": "o",
            "review by": "2030-01-01",
        }
    )
    names = Names(contract().model_copy(update={"segmentation": held}))
    assert names.segment("psychosis") == "Psychosis, first or lasting"
    assert names.segment("low-need") == "Low need"
