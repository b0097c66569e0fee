"""A dispute freezes what hangs on one figure and pays the rest; its end moves what was held."""

import json
from datetime import date

import pytest
from pydantic import ValidationError

from obc.domain.core.kernel.provenance import Evidence, canonical_json, digest
from obc.domain.measurement.indicators.values import ValueSet
from obc.domain.money.settlement.circumstances import Circumstances, Dispute, Relief, under
from obc.domain.money.settlement.dispute import HELD
from obc.domain.money.settlement.ledger import Ledger, balances
from obc.domain.money.settlement.replay import deviations
from obc.domain.money.settlement.restatement import restate
from obc.domain.money.settlement.statement import account, state
from obc.domain.money.settlement.verification import faults
from obc.domain.money.settlement.year import Terms, settle_year
from payment_samples import mechanism
from scoring_samples import PERIOD, POINTS, seven, value

RULES = mechanism("""
inputs: [{input: points earned, from: scorecard}]
steps:
  - {step: earned, scale: points earned, by: [30_000], source: test}
  - {step: pot, pool: 3_000_000, earned: earned, unearned: {reinvested in: crisis-support}, source: test}
  - {step: payment, settle: pot, reason: outcomes achieved, round: half up}
""")
DIRECT = mechanism("""
inputs: [{input: points earned, from: scorecard}]
steps:
  - {step: earned, scale: points earned, by: [30_000], source: test}
  - {step: payment, settle: earned, reason: outcomes achieved, round: half up}
""")
DIRECTIONS = {f"{name}-measured": "higher is better" for name in POINTS}
ABOUT = {"id": "d", "year": 2, "indicator": "role-measured", "why": "w"}
DISPUTE = Dispute(**ABOUT, raised_by="alliance", raised=date(2016, 7, 1))


def _values(percents, **common):
    return tuple(value(f"{name}-measured", percents.get(name, 61), **common) for name in POINTS)


def _settled(percents, disputed=(), rules=RULES):
    marks = [value(f"{name}-measured", 55, evidence=Evidence.DISPUTED) for name in disputed]
    kept = [one for one in _values(percents) if one.indicator not in {mark.indicator for mark in marks}]
    return settle_year(Terms(rules, seven(), DIRECTIONS), (*kept, *marks), 2, PERIOD, "alliance").settlement


def test_what_hangs_on_the_disputed_figure_waits_and_the_rest_is_paid():
    """All improved: 50 of 90 points. The role's 20 points may earn nothing or all of them: 600,000 waits."""
    done = _settled({}, ["role"])
    assert done.evidence == Evidence.DISPUTED
    assert done.pot_minor == 300_000_000
    assert done.held_minor == 60_000_000
    improved_elsewhere = 300_000_000 * 70 * 5 // 9 // 100
    assert done.earned_minor == pytest.approx(improved_elsewhere, abs=1)
    assert done.earned_minor + done.unearned_minor + done.held_minor == done.pot_minor
    left = balances(done.entries)
    assert (left["pot"], left[HELD], left["alliance"]) == (0, 60_000_000, done.earned_minor)


def test_a_bonus_that_hangs_on_the_dispute_waits_too():
    held = _settled(dict.fromkeys(POINTS, 75), ["role"])
    assert held.held_minor == 60_000_000 + 30_000_000


def test_where_nothing_is_disputed_nothing_is_held():
    assert _settled({}).held_minor == 0 and HELD not in balances(_settled({}).entries)


@pytest.mark.parametrize("percent", [40, 55, 65, 75])
def test_the_end_of_a_dispute_moves_what_was_held_to_where_it_belongs(percent):
    frozen = _settled({}, ["role"])
    ledger = Ledger().with_entries(frozen.entries)
    agreed = _settled({"role": percent})
    ledger = ledger.with_entries(restate(ledger, [agreed]))
    moved = {name: amount for name, amount in balances(ledger.entries).items() if amount}
    assert moved == {name: amount for name, amount in balances(agreed.entries).items() if amount}
    assert frozen.earned_minor <= agreed.earned_minor <= frozen.earned_minor + frozen.held_minor
    assert restate(ledger, [agreed]) == ()


def test_without_a_pot_the_payer_keeps_what_is_in_dispute():
    done = _settled({}, ["role"], DIRECT)
    assert done.held_minor == 0
    assert done.payable_minor == done.earned_minor == done.pot_minor == _settled({}, ["role"]).earned_minor


def test_a_statement_with_a_dispute_holds_and_is_found_out_when_changed():
    given = under(Circumstances(disputes=(DISPUTE,)), _values({}), 2, {2: PERIOD})
    done = settle_year(Terms(RULES, seven(), DIRECTIONS), given, 2, PERIOD, "alliance")
    one = account(done.settlement, done.done, 0, done.scorecard, given, Circumstances(disputes=(DISPUTE,)))
    named = {"contract": "c", "contract_title": "C", "contract_hash": digest(RULES), "currency": "GBP"}
    statement = state([one], code_version="1", values=ValueSet(values=given), **named)
    assert faults(statement.document) == ()
    assert deviations(statement, RULES, seven(), DIRECTIONS, lambda year: PERIOD) == ()
    assert statement.settlements[0].circumstances.disputes == (DISPUTE,)
    content = json.loads(statement.document)
    content["settlements"][0]["held_minor"] -= 100
    told = "".join(faults(canonical_json(content)))
    assert "held in dispute" in told and "do not make the pot" in told
    moved = one.model_copy(update={"earned_minor": one.earned_minor + 1, "held_minor": one.held_minor - 1})
    again = statement.model_copy(update={"settlements": (moved,)})
    assert deviations(again, RULES, seven(), DIRECTIONS, lambda year: PERIOD)
    (why,) = {
        text for text in deviations(statement, RULES, None, DIRECTIONS, lambda year: PERIOD) if "framework" in text
    }
    assert why


def test_relief_takes_a_figure_out_or_puts_the_year_before_in_its_place():
    before = PERIOD.model_copy(update={"start": date(2014, 4, 1), "end": date(2015, 3, 31)})
    earlier = value("role-measured", 75, period_start=before.start, period_end=before.end)
    values = (*_values({"role": 20}), earlier)
    out = Relief(**ABOUT, agreed=date(2016, 2, 1), instead="excluded")
    given = under(Circumstances(relief=(out,)), values, 2, {2: PERIOD})
    assert next(one for one in given if one.key == values[4].key).evidence == Evidence.NOT_DUE
    as_before = out.model_copy(update={"instead": "as the year before"})
    given = under(Circumstances(relief=(as_before,)), values, 2, {1: before, 2: PERIOD})
    stands = next(one for one in given if one.key == values[4].key)
    assert (stands.numerator, stands.evidence) == (earlier.numerator, Evidence.FINAL)
    with pytest.raises(ValueError, match="no year before"):
        under(Circumstances(relief=(as_before,)), values, 2, {2: PERIOD})
    with pytest.raises(ValueError, match="no value of 'role-measured'"):
        under(Circumstances(relief=(out,)), (), 2, {2: PERIOD})


def test_relief_never_pays_less_than_the_spoilt_figure_did():
    spoilt = _settled({"role": 20}).earned_minor
    out = Relief(**ABOUT, agreed=date(2016, 2, 1), instead="excluded")
    given = under(Circumstances(relief=(out,)), _values({"role": 20}), 2, {2: PERIOD})
    relieved = settle_year(Terms(RULES, seven(), DIRECTIONS), given, 2, PERIOD, "alliance").settlement
    assert relieved.earned_minor > spoilt and relieved.held_minor == 0


@pytest.mark.parametrize(
    ("day", "is_open"),
    [
        (None, False),
        (date(2016, 6, 30), False),
        (date(2016, 7, 1), True),
        (date(2016, 8, 31), True),
        (date(2016, 9, 1), False),
    ],
)
def test_a_dispute_is_open_from_the_day_it_is_raised_to_the_day_it_is_settled(day, is_open):
    ended = DISPUTE.model_copy(update={"settled": date(2016, 9, 1)})
    assert ended.open_on(day) == is_open
    agreed = Relief(**ABOUT | {"id": "r"}, agreed=date(2016, 7, 1), instead="excluded")
    held = Circumstances(disputes=(ended,), relief=(agreed,)).in_force(day)
    assert bool(held.disputes) == is_open
    assert bool(held.relief) == (day is None or day >= date(2016, 7, 1))
    assert DISPUTE.open_on(None)


def test_circumstances_that_contradict_themselves_are_refused():
    with pytest.raises(ValidationError, match="before it was raised"):
        Dispute(**ABOUT, raised_by="a", raised=date(2016, 7, 1), settled=date(2016, 6, 1))
    with pytest.raises(ValidationError, match="'d' twice"):
        Circumstances(disputes=(DISPUTE, DISPUTE))
    reliefs = [Relief(**ABOUT | {"id": name}, agreed=date(2016, 7, 1), instead="excluded") for name in "ab"]
    with pytest.raises(ValidationError, match="two reliefs"):
        Circumstances(relief=tuple(reliefs))
