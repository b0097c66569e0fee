"""A statement that was changed and signed anew is still found out: its own values come to something else."""

import json
from typing import Any

import pytest

from obc.domain.core.kernel.provenance import canonical_json, digest
from obc.domain.measurement.indicators.values import ValueSet
from obc.domain.money.settlement.inputs import inputs_from
from obc.domain.money.settlement.replay import deviations
from obc.domain.money.settlement.settlement import settle
from obc.domain.money.settlement.statement import Statement, account, state
from obc.domain.money.settlement.verification import faults
from obc.domain.outcomes.scoring.evidenced import Evidenced
from payment_samples import mechanism
from scoring_samples import PERIOD, POINTS, scored, seven, value

RULES = mechanism("""
inputs: [{input: points earned, from: scorecard}]
steps:
  - {step: earned, scale: points earned, by: [30_000], source: test}
  - {step: pot, pool: 3_000_000, earned: earned, unearned: back to the payer, source: test}
  - {step: payment, settle: pot, reason: outcomes achieved, round: half up}
""")
DIRECTIONS: dict[str, Any] = {f"{name}-measured": "higher is better" for name in POINTS}


def _statement(percent: int = 61) -> Statement:
    values = ValueSet(values=tuple(value(f"{name}-measured", percent) for name in POINTS))
    card = scored(seven(), list(values.values))
    done, settlements = settle(RULES, inputs_from(RULES, card, {}), ["alliance"], [2])
    named = {"contract": "c", "contract_title": "C", "contract_hash": digest(RULES), "currency": "GBP"}
    accounts = [account(settlements[0], done, 0, card, values.values)]
    return state(accounts, code_version="1", values=values, **named)


def _replayed(statement: Statement, framework: Any = seven) -> tuple[str, ...]:
    return deviations(statement, RULES, framework and framework(), DIRECTIONS, lambda year: PERIOD)


def test_a_statement_comes_to_itself() -> None:
    assert _replayed(_statement()) == ()
    assert _replayed(_statement().model_copy(update={"settlements": ()})) == ()


def test_points_that_the_values_do_not_earn_are_found() -> None:
    """Every sum is right and the hashes too: only the level was moved up."""
    content = json.loads(_statement(71).document.replace(b'"710"', b'"610"'))
    content["settlements"][0] |= {
        key: json.loads(_statement(61).document)["settlements"][0][key] for key in ("values", "values_hash")
    }
    forged = Statement.model_validate_json(canonical_json(content))
    assert faults(forged.document) == ()
    assert _replayed(forged) == (
        "alliance, year 2: the values earn 50 points, the statement says 100",
        "alliance, year 2: the input 'points earned' is not what scorecard and values give",
    )


def test_another_amount_or_sentence_is_found() -> None:
    made = _statement()
    one = made.settlements[0]
    other = one.model_copy(update={"earned_minor": 5})
    assert "come to another settlement: 150000000" in _replayed(made.model_copy(update={"settlements": (other,)}))[0]
    step = one.steps[0].model_copy(update={"sentence": "because"})
    other = one.model_copy(update={"steps": (step, *one.steps[1:])})
    assert "a step is not what" in _replayed(made.model_copy(update={"settlements": (other,)}))[0]


@pytest.mark.parametrize("which", ["statement", "contract"])
def test_scorecard_and_framework_go_together(which: str) -> None:
    made = _statement()
    if which == "contract":
        assert "go together" in _replayed(made, framework=None)[0]
    else:
        bare = made.settlements[0].model_copy(update={"scorecard": None})
        assert "go together" in _replayed(made.model_copy(update={"settlements": (bare,)}))[0]


def test_values_that_cannot_be_scored_are_said() -> None:
    made = _statement()
    one = made.settlements[0]
    twice = one.model_copy(update={"values": (*one.values, one.values[0])})
    assert "cannot be scored: two values of" in _replayed(made.model_copy(update={"settlements": (twice,)}))[0]


def test_inputs_of_another_contract_are_found() -> None:
    made = _statement()
    bare = made.settlements[0].model_copy(update={"inputs": ()})
    assert "not the contract's" in _replayed(made.model_copy(update={"settlements": (bare,)}))[0]


def test_a_statement_from_a_published_file_is_replayed_from_its_inputs() -> None:
    rules = mechanism("inputs: [{input: x}]\nsteps:\n  - {step: p, settle: x, reason: r, round: down}")
    done, settlements = settle(rules, {"x": Evidenced.of([5, None])}, ["a", "b"], [2018, 2018])
    made = _statement().model_copy(
        update={"settlements": tuple(account(one, done, i) for i, one in enumerate(settlements))}
    )
    assert deviations(made, rules, None, {}, lambda year: PERIOD) == ()
