"""A diff of two cases: changing one assumption moves exactly what depends on it, and the parts add up to the move."""

import pytest

from finance_samples import SMALL, finance
from obc.domain.money.finance.projection import OPTIONS
from obc.domain.programme.case_for_change.difference import difference

WITH_NOTHING = {"do_nothing_minor", "do_nothing_with_efficiency_minor", "outcomes_based_minor"}

# What is changed, and the lines of the projection that hang on it.
CHANGES = {
    "efficiency": (
        ("rate: {value: 4 %, source: test}", "rate: {value: 3 %, source: test}"),
        {"efficiency_savings_minor", "do_nothing_with_efficiency_minor"},
    ),
    "savings": (
        ("reduces: [1, 2], cumulative: [10 %, 20 %]", "reduces: [1, 2], cumulative: [10 %, 30 %]"),
        {"outcomes_savings_minor", "outcomes_based_minor"},
    ),
    "growth": (
        ("rate: {value: 2 %, source: test}", "rate: {value: 3 %, source: test}"),
        {*WITH_NOTHING, "efficiency_savings_minor", "outcomes_savings_minor"},
    ),
    "services": (
        ("title: Homes, spend: 300k, scope: {in: 200k, later: 100k}", "title: Homes, spend: 300k, scope: in"),
        WITH_NOTHING,
    ),
    "envelope": (("envelope: {uplift: {value: 0,", "envelope: {uplift: {value: 1 %,"), set()),
}


@pytest.mark.parametrize("part", CHANGES)
def test_one_assumption_moves_exactly_what_depends_on_it(part, tmp_path):
    change, lines = CHANGES[part]
    found = difference(finance(tmp_path), finance(tmp_path, change))
    assert {one.line for one in found.figures} == lines
    assert [step.part for step in found.steps] == [part]


def test_only_the_years_from_a_dated_change_on_move(tmp_path):
    later = "rate: [{value: 2 %, source: test}, {value: 4 %, from: 2021, source: test}]"
    found = difference(finance(tmp_path), finance(tmp_path, ("rate: {value: 2 %, source: test}", later)))
    assert {one.year for one in found.figures} == {"2021/22"}


def test_the_steps_add_up_to_the_whole_move(tmp_path):
    changes = [change for change, _ in CHANGES.values()]
    found = difference(finance(tmp_path), finance(tmp_path, *changes))
    assert len(found.steps) == len(CHANGES)
    for i, (name, before, after) in enumerate(found.totals_minor):
        assert name == OPTIONS[i]
        assert sum(step.moves_minor[i][1] for step in found.steps) == after - before


def test_inputs_are_named_by_what_they_are_called(tmp_path):
    found = difference(finance(tmp_path), finance(tmp_path, CHANGES["growth"][0]))
    assert [(one.where, one.before, one.after) for one in found.inputs] == [
        ("growth > prices > rate > 1 > value", "0.02", "0.03")
    ]


def test_a_new_line_has_no_before(tmp_path):
    line = ("  - {id: children,", "  - {id: advice, title: Advice, spend: 10k, scope: in}\n  - {id: children,")
    found = difference(finance(tmp_path), finance(tmp_path, line))
    new = [one for one in found.inputs if one.before is None]
    assert {one.where.split(" > ")[1] for one in new} == {"advice"}


def test_more_years_are_one_step(tmp_path):
    text = (
        SMALL.replace("[2020/21, 2021/22]", "[2020/21]")
        .replace("[10 %, 20 %]", "[10 %]")
        .replace("[5 %, 10 %]", "[5 %]")
    )
    found = difference(finance(tmp_path, text=text), finance(tmp_path))
    assert len(found.steps) == 1
    assert "years" in found.steps[0].part
    assert {one.before_minor for one in found.figures if one.year == "2021/22"} == {None}


def test_nothing_differs_from_itself(tmp_path):
    found = difference(finance(tmp_path), finance(tmp_path))
    assert (found.inputs, found.figures, found.steps) == ((), (), ())
