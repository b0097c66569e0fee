"""Segmentations that cannot be used are refused with what to write instead."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from obc.domain.measurement.segmentation.facts import LatestIs
from obc.domain.measurement.segmentation.membership import RuleCount, SegmentCount, SegmentCounts
from segmentation_cases import segmentation, when


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        ({"latest": "clusters.colour", "has": "1"}, "choose one of clusters.cluster_id"),
        ({"latest": "colours.colour", "has": "1"}, "choose one of people"),
        ({"latest": "scores.score", "has": "1"}, "of scores these hold codes"),
        ({"latest": "people.sex", "has": "1"}, "its rows do not happen to a person on a day"),
        ({"latest": "clusters.cluster", "has": "1", "within": "4 hours"}, "write days, weeks, months or years"),
        ({"recorded": "contacts", "score at least": "3"}, "these have a score: scores, carer_scores"),
        ({"recorded": "population"}, "its rows do not happen to a person"),
        ({"recorded": "scores", "where": {"score": "3"}}, "of scores these hold codes: provider, item"),
        ({"open": "referrals", "or ended within": "4 hours"}, "write days, weeks, months or years"),
        ({"open": "contacts"}, "'referrals', 'care_programmes', 'clusters', 'spells' or 'carers'"),
        ({"age": [18, 17]}, "write the youngest and the oldest age"),
        ({"any": []}, "at least 1 item"),
        ({"sometimes": []}, "a fact has one of the keys latest, recorded, open, age, all, any, not"),
    ],
)
def test_a_fact_that_makes_no_sense(fact: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError) as caught:
        when(fact)
    assert caught.value.error_count() == 1
    assert words in str(caught.value)


IN, REST = {"id": "some", "status": "in", "when": {"age": [18, 64]}}, {"id": "rest", "status": "out"}


@pytest.mark.parametrize(
    ("scope", "words"),
    [
        ([IN], "scope ends with a condition"),
        ([REST, IN], "'rest' holds for everybody, before others in scope"),
        ([IN, IN, REST], "'some' twice in scope"),
        ([{**IN, "id": "all"}, REST], "'all' stands for the contract as a whole"),
        ([IN, {**REST, "until": "2020-01-01"}], "end with a rule without"),
        ([{**IN, "from": "2020-01-02", "until": "2020-01-01"}, REST], "write the earlier day first"),
        ([{**IN, "status": "maybe"}, REST], "'in', 'later' or 'out'"),
    ],
)
def test_rules_that_would_lose_somebody(scope: list[dict[str, Any]], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        segmentation(scope)


def test_the_last_segment_holds_for_everybody() -> None:
    with pytest.raises(ValidationError, match="segments ends with a condition"):
        segmentation(segments=[{"id": "some", "when": {"age": [18, 64]}}])


def test_a_model_can_be_read_back_from_what_it_writes() -> None:
    whole = segmentation([{**IN, "when": {"all": [{"not": {"open": "referrals"}}, {"age": [1, 2]}]}}, REST])
    assert type(whole).model_validate(whole.model_dump(by_alias=True)) == whole
    assert type(whole).model_validate(whole) == whole


def test_a_fact_named_twice_is_asked_once() -> None:
    fact = {"latest": "clusters.cluster", "has": "11"}
    found = segmentation(segments=[{"id": "a", "when": fact}, {"id": "b", "when": {"not": fact}}, {"id": "c"}]).leaves
    assert [type(leaf) for leaf in found] == [LatestIs]


@pytest.mark.parametrize(("out", "members"), [(2, 1), (3, 1), (1, 1), (2, 2)])
def test_counts_that_lose_somebody_are_refused(out: int, members: int) -> None:
    rules = (
        RuleCount(rule="some", status="in", people=1),
        RuleCount(rule="rest", status="out", people=out),
    )
    parts = {
        "day": date(2015, 1, 1),
        "people": 4,
        "not_alive": 1,
        "rules": rules,
        "segments": (SegmentCount(segment="one", people=members),),
    }
    if (out, members) == (2, 1):
        assert SegmentCounts(**parts).of_status("out") == 2
    else:
        with pytest.raises(ValidationError, match="people"):
            SegmentCounts(**parts)


def test_it_says_which_tables_it_reads() -> None:
    fact = {"any": [{"age": [0, 17]}, {"latest": "clusters.cluster", "has": "11"}, {"not": {"open": "referrals"}}]}
    assert when(fact).tables == {"people", "clusters", "referrals"}
