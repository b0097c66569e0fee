"""Disputes on the lines of a submission: who may do what to them, and what the contract's clock says."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from obc.domain.contract.agreement.schedules import DisputeStep
from obc.domain.contract.workflow import disputing, review
from obc.domain.contract.workflow.changed import changed_lines, put_right
from obc.domain.contract.workflow.clock import awaited, clock
from obc.domain.contract.workflow.dispute import Answer, Claim, Line, LineDispute
from obc.domain.contract.workflow.rights import Role
from obc.domain.contract.workflow.submission import Consent, Submission
from obc.domain.core.kernel.people import Person
from obc.domain.core.kernel.problem import Problems
from obc.domain.measurement.indicators.values import IndicatorValue, ValueSet
from obc.loaders.contract import load_contract
from obc.loaders.procurement import bank_holidays

CONTRACT = load_contract("oxfordshire-mental-health")
AGREEMENT = CONTRACT.agreement
CCG, COUNCIL = (one.id for one in AGREEMENT.commissioners)
LEAD = AGREEMENT.holder.id
NOON = datetime(2016, 5, 3, 12, tzinfo=UTC)
YEAR = CONTRACT.period(2)
FIRST = next(one.id for one in CONTRACT.definitions if one.measure == "proportion")


def person(name: str, organisation: str, *roles: Role) -> Person:
    return Person(id=name, name=name, organisation=organisation, roles=roles)


MANAGER = person("manager", CCG, Role.COMMISSIONER_MANAGER)
OTHER = person("other", COUNCIL, Role.COMMISSIONER_MANAGER)
PROVIDER = person("provider", LEAD, Role.PROVIDER_LEAD)


def line(segment: str = "all", provider: str = "all", period=YEAR) -> Line:
    return Line(indicator=FIRST, segment=segment, provider=provider, start=period.start, end=period.end)


def dispute(*claims: Claim, **changes) -> LineDispute:
    claims = claims or (Claim(line=line(), numerator=29, denominator=40),)
    own = {"id": "dispute-1", "why": "double count", "raised_by": CCG, "by": "manager", "raised": date(2016, 5, 3)}
    return LineDispute(claims=claims, **{**own, **changes})


def given(state: str = "under review", **changes) -> Submission:
    own = {"year": 2, "contract_hash": "c", "folder": "f", "values": "v", "rows": 1, "submitted_by": "analyst"}
    one = Submission(id="year-2", organisation=LEAD, submitted=NOON, state=state, **own)
    return one.model_copy(update=changes)


def in_dispute(state: str = "under review", **changes) -> Submission:
    return given(state, disputes=(dispute(),), **changes)


def test_a_dispute_freezes_its_line_and_asks_for_words_anew():
    one = review.agreed(given(), AGREEMENT, PROVIDER, NOON)
    one = disputing.disputed(one, dispute(), MANAGER)
    assert one.agreed == () and [held.id for held in one.open_disputes] == ["dispute-1"]
    with pytest.raises(Problems, match="in dispute already"):
        disputing.disputed(one, dispute(id="dispute-2"), MANAGER)
    assert disputing.disputed(one, dispute(Claim(line=line("psychosis")), id="dispute-2"), MANAGER).open_disputes[1:]


def test_only_who_raised_it_withdraws_and_only_the_other_side_accepts():
    one = in_dispute()
    with pytest.raises(Problems, match="only who raised it"):
        disputing.withdrawn(one, "dispute-1", PROVIDER, NOON)
    for somebody in (MANAGER, OTHER):
        with pytest.raises(Problems, match="the other side can accept it"):
            disputing.accepted(one, AGREEMENT, "dispute-1", somebody, NOON)
    with pytest.raises(Problems, match="no open dispute 'dispute-9'"):
        disputing.withdrawn(one, "dispute-9", MANAGER, NOON)
    stays = disputing.withdrawn(one, "dispute-1", MANAGER, NOON)
    assert (stays.open_disputes, stays.disputes[0].ended, stays.disputes[0].settled) == (
        (),
        "as submitted",
        NOON.date(),
    )
    changes = disputing.accepted(one, AGREEMENT, "dispute-1", PROVIDER, NOON)
    assert (changes.disputes[0].ended, changes.disputes[0].ended_by) == ("as claimed", LEAD)


def test_a_dispute_without_another_figure_cannot_be_accepted():
    one = given(disputes=(dispute(Claim(line=line())),))
    with pytest.raises(Problems, match="a dispute without another figure"):
        disputing.accepted(one, AGREEMENT, "dispute-1", PROVIDER, NOON)


@pytest.mark.parametrize("end", ["withdraw", "accept"])
def test_an_end_before_the_settlement_asks_for_words_anew(end):
    word = Consent(by="provider", organisation=LEAD, at=NOON)
    one = in_dispute("agreed by both", agreed=(word,), approved=(word,))
    if end == "withdraw":
        after = disputing.withdrawn(one, "dispute-1", MANAGER, NOON)
    else:
        after = disputing.accepted(one, AGREEMENT, "dispute-1", PROVIDER, NOON)
    assert (after.state, after.agreed, after.approved) == ("under review", (), ())


def test_an_end_after_the_settlement_leaves_it_as_it_is():
    word = Consent(by="provider", organisation=LEAD, at=NOON)
    one = in_dispute("settled", agreed=(word,), approved=(word,), statement="s")
    after = disputing.accepted(one, AGREEMENT, "dispute-1", PROVIDER, NOON)
    assert (after.state, after.agreed, after.approved, after.open_disputes) == ("settled", (word,), (word,), ())


def test_what_is_said_makes_it_the_other_sides_turn():
    one = in_dispute()
    assert awaited(AGREEMENT, one.disputes[0]) == "the providers"
    said = Answer(by="provider", organisation=LEAD, at=NOON, text="each was counted once")
    after = disputing.answered(one, "dispute-1", said, PROVIDER)
    assert awaited(AGREEMENT, after.disputes[0]) == "the commissioners"


STEPS = (
    DisputeStep(step="Talk", between="managers", within=10, source="illustrative"),
    DisputeStep(step="Determine", between="an expert", within=5, source="illustrative"),
)


@pytest.mark.parametrize(
    ("day", "escalated", "step", "left", "due", "run_out"),
    [
        # raised on Tuesday 3 May 2016; ten working days end on Tuesday 17 May
        (date(2016, 5, 3), (), "Talk", 10, date(2016, 5, 17), False),
        (date(2016, 5, 17), (), "Talk", 0, date(2016, 5, 17), False),
        (date(2016, 5, 18), (), "Determine", 4, date(2016, 5, 24), False),
        (date(2016, 5, 25), (), "Determine", -1, date(2016, 5, 24), True),
        (date(2016, 5, 10), (date(2016, 5, 10),), "Determine", 5, date(2016, 5, 17), False),
        # the bank holiday of 30 May does not count
        (date(2016, 5, 25), (date(2016, 5, 25),), "Determine", -1, date(2016, 5, 24), True),
    ],
)
def test_each_step_runs_its_working_days_and_the_next_begins_by_itself(day, escalated, step, left, due, run_out):
    found = clock(STEPS, bank_holidays(), dispute(escalated=escalated), day)
    assert (found.running.step.step, found.days_left, found.running.due, found.run_out) == (step, left, due, run_out)
    assert (found.following is None) == (step == "Determine")


def test_bank_holidays_are_no_working_days():
    found = clock(STEPS, bank_holidays(), dispute(raised=date(2016, 5, 24)), date(2016, 5, 24))
    assert found.running.due == date(2016, 6, 8)


def test_a_contract_without_steps_has_no_clock_and_the_last_step_no_next():
    assert clock((), bank_holidays(), dispute(), date(2016, 5, 3)) is None
    running = clock(STEPS, bank_holidays(), dispute(), date(2016, 5, 3))
    after = disputing.escalated(in_dispute(), "dispute-1", running, MANAGER, date(2016, 5, 4))
    assert after.disputes[0].escalated == (date(2016, 5, 4),)
    last = clock(STEPS, bank_holidays(), after.disputes[0], date(2016, 5, 4))
    with pytest.raises(Problems, match="no step after this one"):
        disputing.escalated(after, "dispute-1", last, MANAGER, date(2016, 5, 5))
    with pytest.raises(Problems, match="no step after this one"):
        disputing.escalated(after, "dispute-1", None, MANAGER, date(2016, 5, 5))


def test_a_settlement_is_held_for_lines_of_the_whole_year_and_all_providers():
    lines = (line(), line("psychosis"), line(provider="RNU"), line(period=CONTRACT.quarters(2)[0]))
    frozen = dispute(*(Claim(line=one) for one in lines)).freezes(2, YEAR.start, YEAR.end)
    assert [(one.id, one.segment) for one in frozen] == [("dispute-1", "all"), ("dispute-1-line-2", "psychosis")]


def test_a_figure_that_is_put_right_is_worked_out_anew_and_no_longer_bears_the_records():
    value = IndicatorValue(
        indicator=FIRST,
        period_start=YEAR.start,
        period_end=YEAR.end,
        numerator=30,
        denominator=40,
        value=Decimal("0.75"),
        unknown=1,
    )
    other = value.model_copy(update={"segment": "psychosis"})
    before = ValueSet(values=(value, other), records_hash="r", contract_hash="c", definitions_hash="d")
    after = put_right(CONTRACT, before, dispute().claims)
    assert (after.records_hash, after.contract_hash, after.definitions_hash) == (None, None, "d")
    (changed,) = changed_lines(before, after)
    assert changed.before == value and changed.line == changed.after
    assert (changed.after.value, changed.after.unknown) == (Decimal("0.725"), 1)
    gone = changed_lines(before, ValueSet(values=(value,)))
    assert [(one.before, one.after, one.line) for one in gone] == [(other, None, other)]


def test_only_what_was_open_when_it_was_settled_waits_for_its_money():
    ended = dispute(id="dispute-2", settled=date(2016, 5, 1), raised=date(2016, 5, 1), ended="as submitted")
    words = tuple(Consent(by=by, organisation=of, at=NOON) for by, of in (("finance", CCG), ("provider", LEAD)))
    one = given("agreed by both", disputes=(dispute(), ended), approved=words)
    one = review.settled(one, "s", None, review.SYSTEM_PERSON)
    assert one.held_back == ("dispute-1",) and one.over_since_settled == ()
    after = disputing.withdrawn(one, "dispute-1", MANAGER, NOON)
    assert [held.id for held in after.over_since_settled] == ["dispute-1"]
