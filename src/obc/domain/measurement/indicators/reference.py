"""The reference: what a definition means for one person, slow and obvious, with the reason for every answer.

Engines translate definitions into queries; this says what the queries must find. `obc explain` prints it.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from obc.domain.core.kernel.period import Period
from obc.domain.measurement.indicators.answers import Answer, every
from obc.domain.measurement.indicators.asking import ask
from obc.domain.measurement.indicators.assessments import score_of
from obc.domain.measurement.indicators.case import Case, CodeLists, passes
from obc.domain.measurement.indicators.definition import Events, HowMany, IndicatorDefinition, Score
from obc.domain.measurement.indicators.factors import age_on
from obc.domain.measurement.indicators.findings import Finding, UnitResult
from obc.domain.measurement.indicators.general_population import GeneralPopulation, band_of, expected_deaths
from obc.domain.measurement.indicators.person import Membership, PersonRecords, Row
from obc.domain.measurement.indicators.phrases import on_day
from obc.domain.measurement.indicators.tally import Tally, with_totals
from obc.domain.measurement.indicators.units import units


def measure_person(
    definition: IndicatorDefinition,
    period: Period,
    records: PersonRecords,
    lists: CodeLists,
    population: GeneralPopulation | None = None,
) -> tuple[UnitResult, ...]:
    """What the definition says of each of the person's units in the period. None at all: the person has no unit."""
    if definition.events:
        return _person_time(definition, definition.events, period, records, lists, population)
    return tuple(_measure(definition, case) for case in units(definition, period, records, lists))


def measure_people(
    definition: IndicatorDefinition,
    period: Period,
    people: Iterable[PersonRecords],
    lists: CodeLists,
    population: GeneralPopulation | None = None,
) -> Mapping[tuple[str, str], Tally]:
    """The sums over people by segment and provider, with totals."""
    results = [r for records in people for r in measure_person(definition, period, records, lists, population)]
    return with_totals(
        ((result.segment, result.provider), tally_of(definition, result))
        for result in results
        if result.belongs and result.segment is not None
    )


def _measure(definition: IndicatorDefinition, case: Case) -> UnitResult:
    assert definition.member_on is not None, "only a rate has no membership day"
    day = case.day(definition.member_on)
    member = case.records.member_on(day)
    found = tuple(ask(condition, case) for condition in definition.who)
    failed = [finding for finding in found if finding.answer is not Answer.YES]
    result = UnitResult(unit=case.key, anchor=case.anchor, findings=found)
    if member is None:
        return result.model_copy(update={"reason": f"in no segment on {on_day(day)}"})
    result = result.model_copy(update={"segment": member.segment, "provider": _provider(definition, case, member)})
    if failed:
        unknown = all(finding.answer is Answer.UNKNOWN for finding in failed)
        reason = (
            "it is not known whether all conditions on who is counted hold" if unknown else "is not among those counted"
        )
        return result.model_copy(update={"reason": reason})
    return _value(definition, case, result) if definition.value else _answer(definition, case, result)


def _provider(definition: IndicatorDefinition, case: Case, member: Membership) -> str | None:
    if definition.provider == "of the row" and case.row is not None:
        provider: str | None = case.row["provider"]
        return provider
    return member.provider


def _answer(definition: IndicatorDefinition, case: Case, result: UnitResult) -> UnitResult:
    found = tuple(ask(condition, case) for condition in definition.numerator)
    answer = every(finding.answer for finding in found)
    leaves = answer is Answer.UNKNOWN and definition.unknown == "leaves the denominator"
    return result.model_copy(
        update={
            "answer": answer,
            "belongs": True,
            "counted": not leaves,
            "reason": "not known, and leaves the denominator" if leaves else "",
            "findings": (*result.findings, *found),
        }
    )


def _value(definition: IndicatorDefinition, case: Case, result: UnitResult) -> UnitResult:
    match definition.value:
        case Score() as score:
            value, because = score_of(score, case)
            answer = Answer.UNKNOWN if value is None else Answer.YES
            found = [Finding(asked="the score", answer=answer, because=because)]
        case HowMany() as many:
            found = [ask(condition, case) for condition in many.how_many]
            value = Decimal(sum(finding.answer is Answer.YES for finding in found))
    return result.model_copy(
        update={
            "value": value,
            "answer": Answer.UNKNOWN if value is None else None,
            "belongs": True,
            "counted": value is not None,
            "reason": "not known, and never in a mean" if value is None else "",
            "findings": (*result.findings, *found),
        }
    )


def tally_of(definition: IndicatorDefinition, result: UnitResult) -> Tally:
    """What one unit that belongs adds."""
    if definition.measure == "rate":
        expected = result.expected if definition.compared_with else Decimal()
        return Tally(Decimal(result.events), Decimal(result.days), expected=expected)
    if result.answer is Answer.UNKNOWN:
        stays = definition.measure == "proportion" and definition.unknown == "stays in the denominator"
        return Tally(denominator=Decimal(stays), unknown=1)
    if result.value is not None:
        return Tally(result.value, Decimal(1), sum_of_squares=result.value**2)
    return Tally(Decimal(result.answer is Answer.YES), Decimal(1))


def _person_time(
    definition: IndicatorDefinition,
    events: Events,
    period: Period,
    records: PersonRecords,
    lists: CodeLists,
    population: GeneralPopulation | None,
) -> tuple[UnitResult, ...]:
    stays = [stay for membership in records.memberships if (stay := _stay(membership, period, records.died))]
    rows = [
        row
        for row in sorted(records.rows(events.events), key=lambda row: row["happened"])
        if passes(row, events.where, lists) and any(stay[0] <= row["happened"] <= stay[1] for _, stay in stays)
    ]
    counted = rows[:1] if events.once else rows
    return tuple(
        _time_in(membership, stay, counted, definition, records, period, population) for membership, stay in stays
    )


def _stay(membership: Membership, period: Period, died: date | None) -> tuple[Membership, tuple[date, date]] | None:
    """The first and last day of the membership within the period and the person's life; None without any."""
    first = max(membership.joined, period.start)
    last = min(day for day in (membership.left_on, period.end, died) if day is not None)
    return (membership, (first, last)) if first <= last else None


def _time_in(
    membership: Membership,
    stay: tuple[date, date],
    rows: list[Row],
    definition: IndicatorDefinition,
    records: PersonRecords,
    period: Period,
    population: GeneralPopulation | None,
) -> UnitResult:
    first, last = stay
    days = (last - first).days + 1
    seen = [row["happened"] for row in rows if first <= row["happened"] <= last]
    expected = None
    people = records.rows("people")
    if definition.compared_with and population and people:
        age = band_of(age_on(people[0]["birth_date"], first))
        expected = expected_deaths(population.rate(period, people[0].get("sex"), age), days)
    said = (f"{on_day(first)} to {on_day(last)}: {days} days", *(f"{on_day(day)}: an event" for day in seen))
    return UnitResult(
        unit=records.person_id,
        anchor=first,
        segment=membership.segment,
        provider=membership.provider,
        belongs=True,
        counted=True,
        days=days,
        events=len(seen),
        expected=expected,
        findings=(Finding(asked="time as a member, and events in it", answer=Answer.YES, because=said),),
    )
