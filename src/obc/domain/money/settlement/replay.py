"""Replay: a statement worked out again from what it holds, by the contract it names."""

from collections.abc import Callable, Iterator, Mapping

import numpy as np

from obc.domain.core.kernel.period import Period
from obc.domain.core.kernel.rate import Ratios
from obc.domain.money.payment.mechanism import Mechanism
from obc.domain.money.payment.trace import trace
from obc.domain.money.settlement.contract_year import ContractYear
from obc.domain.money.settlement.dispute import in_dispute
from obc.domain.money.settlement.inputs import GIVEN, inputs_from
from obc.domain.money.settlement.returns import Returns
from obc.domain.money.settlement.settlement import Settlement, settle
from obc.domain.money.settlement.statement import Account, Statement
from obc.domain.money.settlement.withholding import less_withheld
from obc.domain.money.settlement.year import Terms, settle_year
from obc.domain.outcomes.framework.framework import Framework
from obc.domain.outcomes.scoring.evidenced import Evidenced, code
from obc.domain.outcomes.scoring.judging import Direction, chosen
from obc.domain.outcomes.scoring.score import score


def deviations(
    statement: Statement,
    mechanism: Mechanism,
    framework: Framework | None,
    directions: Mapping[str, Direction],
    period_of: Callable[[int], Period],
    days: Mapping[int, ContractYear] | None = None,
) -> tuple[str, ...]:
    """Where the statement is not what its own values and inputs come to under the contract; nothing where it is.

    Points are scored again from the values, inputs are taken from scorecard, values, returns and term where the
    mechanism says so, and every step and entry is worked out again. `days`: when the contract runs in each year.
    """
    accounts = statement.settlements
    terms = Terms(mechanism, framework, directions, days or {})
    if not accounts:
        return ()
    parties, years = [one.party for one in accounts], [one.year for one in accounts]
    names = [item.input for item in mechanism.inputs]
    strange = [f"{_who(one)}: the inputs are not the contract's" for one in accounts if _inputs(one) != names]
    if strange:
        return tuple(strange)
    columns = {name: _column(accounts, i) for i, name in enumerate(names)}
    relief = {key: part for one in accounts for key, part in one.circumstances.relieved.items()}
    done, settlements = settle(mechanism, columns, parties, years, days, relief)
    found: list[str] = []
    for i, (one, again) in enumerate(zip(accounts, settlements, strict=True)):
        if in_dispute(one.values):
            again = _frozen(one, again, terms, period_of)
        try:
            again = less_withheld(again, mechanism, one.circumstances)
        except ValueError as error:
            found.append(f"{_who(one)}: {error}")
        if any(getattr(one, name) != getattr(again, name) for name in Settlement.model_fields):
            found.append(f"{_who(one)}: the inputs come to another settlement: {again.payable_minor} to be paid")
        if one.steps != trace(done, i):
            found.append(f"{_who(one)}: a step is not what the contract's rules make of the inputs")
        found += [*_scored(one, terms, period_of), *_handed_in(one, terms)]
    return tuple(found)


def _handed_in(one: Account, terms: Terms) -> Iterator[str]:
    """Inputs that returns and term fill must be what those say."""
    others = terms.others(one.year, Returns(figures=one.returns))
    asked = {item.input: item.from_ for item in terms.mechanism.inputs if item.from_ in GIVEN}
    for given in one.inputs:
        value = others.get(given.name, Evidenced.missing())
        if given.name in asked and (value[0], value.state()) != (given.value, given.evidence):
            yield f"{_who(one)}: the input '{given.name}' is not what the {asked[given.name]} say"


def _scored(one: Account, terms: Terms, period_of: Callable[[int], Period]) -> Iterator[str]:
    framework = terms.framework
    if framework is None or one.scorecard is None:
        if framework is not None or one.scorecard is not None:
            yield f"{_who(one)}: a scorecard and the contract's framework go together"
        return
    try:
        period = period_of(one.year)
        card = score(framework, one.values, terms.directions, one.year, period)
        inputs = inputs_from(terms.mechanism, card, chosen(one.values, period), one.circumstances)
    except (ValueError, KeyError) as error:
        yield f"{_who(one)}: the values cannot be scored: {error}"
        return
    if card != one.scorecard:
        said = one.scorecard.points_earned
        yield f"{_who(one)}: the values earn {card.points_earned} points, the statement says {said}"
    measured = {item.input for item in terms.mechanism.inputs if item.from_ not in GIVEN}
    for given in (given for given in one.inputs if given.name in measured):
        value = inputs[given.name]
        if (value[0], value.state()) != (given.value, given.evidence):
            yield f"{_who(one)}: the input '{given.name}' is not what scorecard and values give"


def _frozen(one: Account, again: Settlement, terms: Terms, period_of: Callable[[int], Period]) -> Settlement:
    """What the disputed values leave certain; as settled without them where they cannot be scored, which is told."""
    met = one.circumstances.model_copy(update={"withheld": ()})
    try:
        period, returns = period_of(one.year), Returns(figures=one.returns)
        return settle_year(terms, one.values, one.year, period, one.party, met, returns).settlement
    except (ValueError, KeyError):
        return again


def _inputs(one: Account) -> list[str]:
    return [given.name for given in one.inputs]


def _column(accounts: tuple[Account, ...], place: int) -> Evidenced:
    given = [one.inputs[place] for one in accounts]
    states = np.array([code(one.evidence) for one in given], dtype=np.int8)
    return Evidenced(Ratios.of([one.value or 0 for one in given]), states)


def _who(one: Account) -> str:
    return f"{one.party}, year {one.year}"
