"""What obc ships as definitions: all of it loads, and every code in it means something."""

from collections.abc import Iterator
from datetime import date

import pytest
from pydantic import BaseModel

from obc.domain.measurement.indicators.conditions import Change, Latest, Own, Where
from obc.domain.measurement.indicators.definition import EventAnchor, IndicatorDefinition, Score
from obc.domain.measurement.records.codes import Codes
from obc.domain.measurement.records.tables import BY_NAME, TABLES
from obc.domain.measurement.segmentation.facts import LatestIs
from obc.domain.measurement.segmentation.segmentation import Segmentation
from obc.services.equality import divisions_by
from shipped import DEFINITIONS, code_lists, indicators, segmentations

BY_OUTCOME = {
    "Outcome 1": {"mortality", "suicide"},
    "Outcome 2": {
        "recovery-star-improvement",
        "cluster-tool-improvement",
        "care-programme-review",
        "involved-in-decisions",
        "employment-plan",
        "stepped-down-and-discharged",
        "social-inclusion-measures",
    },
    "Outcome 3": {
        "care-plan-within-four-weeks",
        "start-of-support",
        "crisis-admissions",
        "gatekept-admissions",
        "crisis-face-to-face-four-hours",
    },
    "Outcome 4": {
        "carer-strain",
        "carer-assessment-offered",
        "carer-at-care-planning",
        "carer-satisfied-with-involvement",
    },
    "Outcome 5": {
        "voluntary-activity-one-year",
        "paid-employment-one-year",
        "education-one-year",
        "home-or-parenting-one-year",
    },
    "Outcome 6": {"settled-accommodation-one-year"},
    "Outcome 7": {"emergency-attendances", "physical-health-screening"},
}
Use = tuple[str, str, str]
"""A table, a coded column and what a definition looks for in it: a code or the id of a code list."""


def test_the_25_indicators_of_the_business_case_are_there_and_say_which_outcome_they_serve() -> None:
    assert sum(map(len, BY_OUTCOME.values())) == 25
    assert {name for names in BY_OUTCOME.values() for name in names} == set(indicators())
    for outcome, names in BY_OUTCOME.items():
        for name in names:
            assert indicators()[name].source.startswith(f"{outcome}, business case appendix 7"), name


@pytest.mark.parametrize("name", indicators())
def test_an_indicator_is_named_as_its_file_and_is_due_for_review(name: str) -> None:
    found = indicators()[name]
    assert found.id == name
    assert found.review_by > date(2026, 11, 1)
    assert found.why != found.title


@pytest.mark.parametrize("name", code_lists())
def test_a_code_list_is_named_as_its_file(name: str) -> None:
    assert code_lists()[name].id == name


def _nodes(model: object) -> Iterator[BaseModel]:
    if isinstance(model, BaseModel):
        yield model
        for name in type(model).model_fields:
            yield from _nodes(getattr(model, name))
    elif isinstance(model, tuple):
        for item in model:
            yield from _nodes(item)


def _filters(table: str, where: Where) -> Iterator[Use]:
    for item in where:
        for choice in item.among:
            yield table, item.column, choice


def _uses(model: IndicatorDefinition | Segmentation) -> Iterator[Use]:
    for node in _nodes(model):
        match node:
            case EventAnchor():
                yield from _filters(node.event, node.where)
            case Latest() | LatestIs():
                yield from ((node.table, node.column, choice) for choice in node.has)
                yield from _filters(node.table, node.where)
            case Own():
                assert isinstance(model, IndicatorDefinition)
                assert isinstance(model.denominator, EventAnchor)
                yield from ((model.denominator.event, node.own, choice) for choice in node.has)
            case Change() | Score():
                yield from ((node.table, "item", choice) for choice in node.items)
            case _ if getattr(node, "where", ()):
                table = getattr(node, "table", None) or node.events  # type: ignore[attr-defined]
                yield from _filters(table, node.where)  # type: ignore[attr-defined]


ALL_USES = [
    (f"{kind} {name}", *use)
    for kind, models in (("indicator", indicators()), ("segmentation", segmentations()))
    for name, model in models.items()
    for use in dict.fromkeys(_uses(model))
]


@pytest.mark.parametrize(("where", "table", "column", "choice"), ALL_USES)
def test_every_code_looked_for_is_one_that_the_column_may_hold(
    where: str, table: str, column: str, choice: str
) -> None:
    kept = BY_NAME[table].column(column)
    wanted = Codes.of([choice], code_lists())
    if kept.kind == "flag":
        assert set(wanted.single) <= {"Y", "N"} and not wanted.ranges
    elif kept.codes:
        valid = Codes.of([kept.codes], code_lists())
        looked_for = [*wanted.single, *(end for ends in wanted.ranges for end in ends)]
        assert looked_for and [code for code in looked_for if code not in valid] == []
    else:
        assert choice in code_lists(), f"{column} has no list of valid codes: name one of ours"


def test_every_code_list_is_used() -> None:
    columns = {column.codes for table in TABLES for column in table.columns}
    looked_for = {choice for *_, choice in ALL_USES}
    grouping = {factor.grouped_by for _, factor, _ in divisions_by(None)}
    assert sorted(set(code_lists()) - columns - looked_for - grouping) == []


@pytest.mark.parametrize("name", [n for n, d in indicators().items() if isinstance(d.denominator, EventAnchor)])
def test_what_follows_an_event_lies_in_the_records_when_the_period_is_over(name: str) -> None:
    """A window that ends long after the period would make every value provisional: three months at most."""
    definition = indicators()[name]
    anchor = definition.denominator
    assert isinstance(anchor, EventAnchor)
    last = date(2026, 6, 30)
    latest = (-anchor.falls).after(last) if anchor.falls else last
    ends = [
        point.offset.after(latest)
        for node in _nodes(definition)
        for point in [getattr(node, "last", None)]
        if point is not None and hasattr(point, "offset") and point.mark == "anchor"
    ]
    assert max(ends, default=last) <= date(2026, 9, 30)


def test_there_are_five_ways_to_segment_and_the_contracts_own() -> None:
    shipped = {path.stem for path in (DEFINITIONS / "segments").glob("*.yaml")}
    assert shipped == {"care-clusters", "super-clusters", "icd10-blocks", "life-stages", "severity", "blended"}
    assert len(segmentations()["blended"].segments) == 8
    assert len(segmentations()["care-clusters"].segments) == 21 + 1


def test_the_contract_takes_four_of_the_eight_segments_forward() -> None:
    contract = {group.id for group in segmentations()["oxfordshire-mental-health"].segments}
    eight = {group.id for group in segmentations()["blended"].segments}
    assert contract & eight == {
        "anxiety-and-depression",
        "substance-misuse",
        "psychosis",
        "behavioural-and-developmental",
    }
    assert contract - eight == {"not-yet-known"}


def test_scope_has_every_cluster_in_one_place() -> None:
    lists = code_lists()
    core, mild, organic = (
        {code.code for code in lists[name].codes} for name in ("core-clusters", "mild-clusters", "organic-clusters")
    )
    assert len(core | mild | organic) == len(core) + len(mild) + len(organic)
    assert {f"{number:02}" for number in range(22)} - core - mild - organic == {"00", "09"}
    assert core == {code.code for code in lists["psychosis-clusters"].codes} | {f"{n:02}" for n in range(4, 9)}


def test_no_code_list_is_called_like_a_code() -> None:
    """A definition could mean either."""
    codes = {code.code for found in code_lists().values() for code in found.codes}
    assert sorted(codes & set(code_lists())) == []
