"""An explanation says why a person is in or out, with the days and codes that decided it."""

from indicator_engines import QUARTER, definition, rate, records
from obc.domain.measurement.indicators.definition import IndicatorDefinition
from obc.domain.measurement.indicators.explain import explanation
from obc.domain.measurement.indicators.person import PersonRecords
from obc.domain.measurement.indicators.reference import measure_person

TEXT = """
people        | person_id birth_date
              | ann       1980-01-01
deaths        | person_id happened
              | bob       2026-05-20
accommodation | person_id provider happened   settled
              | ann       P1       2026-05-01 N
              | ann       P1       2026-06-12 Y
contacts      | person_id provider referral_id happened   happened_at
              | ann       P1       r1          2026-06-01 2026-06-01T09:30
emergency_attendances | person_id provider happened
                      | ann       H1       2026-04-09
"""
HOUSED = {"latest": "accommodation.settled", "has": "Y", "between": ["anchor - 3 months", "anchor"]}


def said(asked: IndicatorDefinition, person: str = "ann", text: str = TEXT) -> list[str]:
    tables, members = records(text)
    rows = {name: tuple(row for row in found if row["person_id"] == person) for name, found in tables.items()}
    results = measure_person(asked, QUARTER, PersonRecords(person, rows, members[person]), {})
    return explanation(asked, results).splitlines()


def test_every_question_is_answered_with_what_was_read() -> None:
    asked = definition(numerator={"all": [HOUSED, {"count": "contacts", "between": ["period start", "anchor"]}]})
    assert said(asked) == [
        "Person ann, from 30 June 2026: segment s, provider ann",
        "  Counted, in the numerator.",
        "  - yes: whose latest accommodation record, in the 3 months up to the last day of the period, says 'Y' and "
        "who have a contact in the period",
        "    - yes: whose latest accommodation record, in the 3 months up to the last day of the period, says 'Y'",
        "      12 June 2026: settled Y",
        "    - yes: who have a contact in the period",
        "      1 June 2026 09:30: contacts",
    ]


def test_what_is_not_known_is_said_to_be() -> None:
    asked = definition(numerator={"latest": "employment.status", "has": "01", "between": HOUSED["between"]})
    assert said(asked)[1:] == [
        "  Counted, not in the numerator, because it is not known.",
        "  - not known: whose latest employment record, in the 3 months up to the last day of the period, says '01'",
        "    no record from 30 March 2026 to 30 June 2026",
    ]
    assert said(asked.model_copy(update={"unknown": "leaves the denominator"}))[1] == (
        "  Not counted: not known, and leaves the denominator."
    )


def test_why_somebody_is_out() -> None:
    alive = definition(denominator={"cohort": "period end", "who": {"alive": "anchor"}}, numerator=HOUSED)
    assert said(alive, "bob")[1:] == [
        "  Not counted: is not among those counted.",
        "  - no: who are alive on the last day of the period",
        "    died on 20 May 2026",
    ]
    unknown = definition(denominator={"cohort": "period end", "who": HOUSED}, numerator={"alive": "anchor"})
    assert said(unknown, "bob")[1] == "  Not counted: it is not known whether all conditions on who is counted hold."
    stranger = f"""{TEXT}
    memberships | person_id segment provider joined left_on
    """
    assert said(alive, "ann", stranger)[:2] == [
        "Person ann, from 30 June 2026: no segment",
        "  Not counted: in no segment on 30 June 2026.",
    ]
    assert said(definition(counts="spell", denominator={"event": "spells"}, numerator=HOUSED)) == [
        "Not counted: no hospital spells in this period."
    ]
    nobody = f"""{TEXT}
    memberships | person_id segment provider joined left_on
    """
    assert said(rate(events={"events": "deaths"}), "ann", nobody) == [
        "Not counted: no time as a member in this period."
    ]


def test_a_score_and_person_time() -> None:
    checks = definition(measure="mean", value={"how many": [HOUSED, {"alive": "anchor"}]})
    assert said(checks)[1] == "  Counted, with the score 2."
    attended = rate(events={"events": "emergency_attendances"})
    assert said(attended) == [
        "Person ann, from 1 April 2026: segment s, provider ann",
        "  Counted: 91 days, 1 emergency attendance.",
        "  - yes: time as a member, and events in it",
        "    1 April 2026 to 30 June 2026: 91 days",
        "    9 April 2026: an event",
    ]
