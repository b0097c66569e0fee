"""A statement leads every pound back, gives the same bytes twice, and says when it does not hold."""

import json
from typing import Any

import pytest

from obc.domain.core.kernel.provenance import Evidence, canonical_json, digest
from obc.domain.measurement.indicators.values import ALL, ValueSet
from obc.domain.money.settlement.inputs import inputs_from
from obc.domain.money.settlement.settlement import settle
from obc.domain.money.settlement.statement import Statement, account, state, statement_hash
from obc.domain.money.settlement.verification import faults
from obc.domain.outcomes.scoring.evidenced import Evidenced
from payment_samples import mechanism
from scoring_samples import POINTS, scored, seven, value

RULES = """
inputs:
  - {input: points earned, unit: points, from: scorecard}
  - {input: points of role, unit: points, from: scorecard}
  - {input: points of all-outcomes, unit: points, from: scorecard}
  - {input: points available, unit: points, from: scorecard}
  - {input: cost, unit: money, indicator: cost-of-care}
steps:
  - {step: earned, scale: points earned, by: [30_000], source: test}
  - {step: pot, pool: 3_000_000, earned: earned, unearned: {reinvested in: crisis-support}, source: test}
  - {step: payment, settle: pot, reason: outcomes achieved, round: half up}
  - {step: care, settle: cost, reason: cost of care, round: half up}
"""
PERCENTS = {"live-longer": 70, "role": 61, "carers": 50, "accommodation": None}


def _statement(values: ValueSet | None = None) -> Statement:
    used = seven()
    measured = values or ValueSet(
        values=(
            *(value(f"{name}-measured", PERCENTS.get(name, 49)) for name in POINTS),
            value("cost-of-care", 100_000),
        ),
        records_hash="sha256:records",
        definitions_hash="sha256:definitions",
    )
    found = {(one.indicator, one.segment): one for one in measured.values}
    card = scored(used, list(measured.values))
    rules = mechanism(RULES)
    done, settlements = settle(rules, inputs_from(rules, card, found), ["alliance"], [2])
    return state(
        [account(settlements[0], done, 0, card, measured.values)],
        contract="a-contract",
        contract_title="A contract",
        contract_hash=digest(rules),
        currency="GBP",
        code_version="1.0",
        values=measured,
        definitions={f"{name}-measured": digest(name) for name in [*POINTS, "unused"]},
    )


def test_a_statement_holds_and_every_pound_leads_back() -> None:
    made = _statement()
    assert faults(made.document) == ()
    one = made.settlements[0]
    assert sum(part.earned_minor for part in one.earned_by) == one.earned_minor
    pounds = {part.id: part.earned_minor for part in one.earned_by if part.earned_minor}
    assert set(pounds) == {"live-longer", "role", "carers"}
    role = next(outcome for outcome in one.scorecard.outcomes if outcome.id == "role")
    row = role.indicators[0]
    assert (row.numerator, row.denominator, row.level) == (610, 1000, "improved")
    assert any(entry.indicator == row.id and entry.hash == digest("role") for entry in made.definitions)
    assert len(made.definitions) == 7
    assert made.records_hash == "sha256:records"
    assert next(step for step in one.steps if step.name == "earned").uses[0].value == one.scorecard.points_earned
    assert next(given for given in one.inputs if given.name == "points of role").value == role.points_earned
    assert one.payable_minor == one.earned_minor + 100_000


def test_the_same_inputs_give_the_same_bytes() -> None:
    first = _statement()
    measured = ValueSet(
        values=tuple(reversed(first.settlements[0].values)),
        records_hash="sha256:records",
        definitions_hash="sha256:definitions",
    )
    assert _statement(measured).document == first.document
    assert statement_hash(first.document) == digest(first.document)


def test_it_reads_back_what_it_says() -> None:
    made = _statement()
    assert Statement.model_validate_json(made.document) == made
    assert list(json.loads(made.document)["settlements"][0]["entries"][0]) == sorted(
        ["amount_minor", "credit", "debit", "due", "line", "party", "reason", "year"]
    )


def _changed(path: tuple[Any, ...], change: Any) -> bytes:
    content = json.loads(_statement().document)
    node = content["settlements"][0]
    for part in path[:-1]:
        node = node[part]
    node[path[-1]] = change(node[path[-1]]) if callable(change) else change
    return canonical_json(content)


@pytest.mark.parametrize(
    ("path", "change", "said"),
    [
        (("pot_minor",), 1, "do not make the pot of 1"),
        (("earned_minor",), None, "do not make the pot"),
        (("payable_minor",), 7, "the settlement says 7"),
        (("entries", 1, "amount_minor"), lambda amount: amount + 1, "-1 is left in 'pot'"),
        (("entries", 1, "amount_minor"), lambda amount: amount + 1, "the entries of 'payment' move"),
        (("entries", 3, "amount_minor"), lambda amount: amount + 1, "the entries of 'care' move"),
        (("entries", 0, "year"), 3, "an entry is of another party or year"),
        (("earned_by", 0, "earned_minor"), lambda amount: amount + 1, "what the outcomes brought in does not add up"),
        (("scorecard", "year"), 3, "a scorecard of year 3"),
        (("scorecard", "points_earned"), "5", "points earned do not add up over the outcomes"),
        (("scorecard", "points_earned"), "5", "the points that were paid for are not those of the scorecard"),
        (("scorecard", "points_available"), "5", "points available do not add up over the outcomes"),
        (
            ("scorecard", "outcomes", 4, "indicators", 0, "points_earned"),
            "0",
            "points earned of role do not add up over its indicators",
        ),
        (
            ("scorecard", "outcomes", 4, "indicators", 0, "points_available"),
            "0",
            "points available of role do not add up over its indicators",
        ),
        (
            ("scorecard", "outcomes", 4, "indicators", 0, "numerator"),
            "611",
            "role-measured (all) was scored on counts that no value has",
        ),
        (("values", 0, "numerator"), "9", "the indicator values are not those of their hash"),
        (("values", 0, "value"), "0.9", "the indicator values are not those of their hash"),
        (("values_hash",), "sha256:0", "the indicator values are not those of their hash"),
        (("steps", 0, "value"), "nothing", "settlements.0.steps.0.value: not what a statement has there"),
    ],
)
def test_figures_that_do_not_hold_together_are_found(path: tuple[Any, ...], change: Any, said: str) -> None:
    assert any(said in fault for fault in faults(_changed(path, change)))


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (b"", "no statement (JSONDecodeError)"),
        (b"{}\n", "not what a statement has there"),
        (b'{"a":1.5}\n', "no statement (TypeError)"),
        (b'{"a": 1}\n', "not in canonical form"),
        (b'{"a":"\xff"}\n', "no statement (UnicodeDecodeError)"),
        (b"[" * 100_000, "no statement"),
    ],
)
def test_what_is_no_statement_is_refused(document: bytes, said: str) -> None:
    assert said in faults(document)[0]


def test_settlements_from_a_published_file_need_no_scorecard() -> None:
    rules = mechanism("inputs: [{input: x}]\nsteps:\n  - {step: p, settle: x, reason: r, round: down}")
    done, settlements = settle(rules, {"x": Evidenced.of([5, None])}, ["a", "b"], [2018, 2018])
    made = state(
        [account(one, done, i) for i, one in enumerate(settlements)],
        contract="c",
        contract_title="C",
        contract_hash="sha256:c",
        currency="USD",
        code_version="1.0",
        values="sha256:file",
    )
    assert faults(made.document) == ()
    assert (made.values_hash, made.records_hash, made.definitions) == ("sha256:file", None, ())
    assert made.settlements[0].earned_by == ()
    assert made.settlements[1].steps[0].evidence is Evidence.MISSING


def test_nothing_earned_is_brought_in_by_nothing() -> None:
    measured = ValueSet(values=tuple(value(f"{name}-measured", 10) for name in POINTS))
    made = _statement(measured)
    assert made.settlements[0].earned_by == ()
    assert faults(made.document) == ()


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("{input: x}", "the input 'x' names no indicator, and there is no published file"),
        ("{input: x, from: scorecard}", "the scorecard has no 'x'; it has points earned"),
    ],
)
def test_an_input_that_nothing_can_fill_is_a_mistake(rule: str, said: str) -> None:
    rules = mechanism(f"inputs: [{rule}]\nsteps:\n  - {{step: p, settle: x, reason: r, round: down}}")
    card = scored(seven(), [value(f"{name}-measured", 50) for name in POINTS])
    with pytest.raises(ValueError, match=said):
        inputs_from(rules, card, {})


def test_points_without_a_scorecard_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="comes from a scorecard, and there is none"):
        inputs_from(mechanism(RULES), None, {})


def test_attribution_needs_points() -> None:
    from obc.domain.money.settlement.attribution import attributed

    card = scored(seven(), [value(f"{name}-measured", 10) for name in POINTS])
    assert attributed(500, card) == ()
    assert value("x", 5).segment == ALL
