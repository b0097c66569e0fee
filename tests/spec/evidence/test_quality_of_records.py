"""How good the records must be for a value to count: shares of good rows, rules, and the evidence that values carry."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from pydantic import ValidationError

from indicator_engines import QUARTER, definition, rate
from obc.domain.core.kernel.period import Period
from obc.domain.core.kernel.provenance import Evidence
from obc.domain.measurement.data_quality.evidence import Judging, with_evidence
from obc.domain.measurement.data_quality.held import Held, RecordsQuality
from obc.domain.measurement.data_quality.row_values import row_values
from obc.domain.measurement.data_quality.rules import EvidenceRules
from obc.domain.measurement.indicators.reach import reach_of
from obc.domain.measurement.indicators.sentence import sentence
from obc.domain.measurement.indicators.values import IndicatorValue
from obc.domain.measurement.records.report import RecordsReport, Silence
from obc.domain.measurement.records.row_quality import RowQuality

APRIL, MAY, JUNE, JULY = (date(2026, month, 1) for month in (4, 5, 6, 7))


def rows(table="contacts", provider="P1", month=APRIL, rows=100, filled=(), **bad) -> RowQuality:
    counts = {"unfilled": 0, "invalid": 0, "inconsistent": 0, "sent": 0, "late": 0, **bad}
    return RowQuality(table, provider, month, rows, **counts, filled=filled)


def records(*found: RowQuality, silences: tuple[Silence, ...] = ()) -> RecordsQuality:
    report = RecordsReport(
        mapping="logical", records_hash="none", problems=(), counts=(), quality=found, silences=silences
    )
    return RecordsQuality(report)


def silence(provider="P1", month=MAY, months=1, likely=False) -> Silence:
    return Silence(
        table="contacts", provider=provider, first_month=month, months=months, usual=Decimal("99.6"), likely=likely
    )


SPAN = (QUARTER.start, QUARTER.end)


def test_each_measure_counts_its_own_faults():
    found = records(rows(unfilled=4, invalid=3, inconsistent=2, sent=50, late=10), rows(month=JULY, unfilled=9))
    assert found.held("completeness", "contacts", "P1", SPAN) == Held(96, 100)
    assert found.held("validity", "contacts", "P1", SPAN) == Held(97, 100)
    assert found.held("consistency", "contacts", "P1", SPAN) == Held(98, 100)
    assert found.held("timeliness", "contacts", "P1", SPAN).share == Fraction(40, 50)
    assert records(rows()).held("timeliness", "contacts", "P1", SPAN).share is None, "nobody knows when it was sent"


def test_a_silent_month_has_the_usual_rows_all_of_them_missing():
    found = records(rows(), rows(month=JUNE), silences=(silence(),))
    assert found.held("completeness", "contacts", "P1", SPAN) == Held(200, 300, 100)
    assert found.held("validity", "contacts", "P1", SPAN) == Held(200, 200), "what is not there is not wrong"
    likely = records(rows(), rows(month=JUNE), silences=(silence(likely=True),))
    assert likely.held("completeness", "contacts", "P1", SPAN) == Held(200, 200)


def test_the_emptiest_needed_column_decides():
    found = records(rows(filled=(("happened_at", 60), ("team", 90)), unfilled=5))
    assert found.held("completeness", "contacts", "P1", SPAN) == Held(95, 100)
    assert found.held("completeness", "contacts", "P1", SPAN, ("happened_at", "team")) == Held(60, 100)


def test_all_providers_together_and_those_who_record_nothing():
    found = records(rows(unfilled=10), rows(provider="P2", rows=300), silences=(silence("P2", MAY, 2),))
    assert found.held("completeness", "contacts", "all", SPAN) == Held(390, 600, 200)
    assert found.held("completeness", "contacts", "P3", SPAN) == Held(390, 600, 200), "judged by those who do record"
    people = records(rows("people", "all", None, rows=50, invalid=1))
    assert people.held("validity", "people", "P1", None) == Held(49, 50)
    assert people.held("validity", "people", "P1", SPAN) == Held(0, 0), "rows of no day are in no month"
    assert found.months("contacts", "P2") == (APRIL, MAY, JUNE)
    assert (found.tables, found.providers("contacts")) == (("contacts",), ("P1", "P2"))


RULES = {
    "judged from": {"value": 30, "source": "illustrative"},
    "rules": [
        {
            "of": "completeness",
            "final from": {"value": "95 %", "source": "illustrative"},
            "provisional from": {"value": "80 %", "source": "illustrative"},
        },
        {
            "of": "validity",
            "final from": [
                {"value": "90 %", "from": "year 1", "source": "illustrative"},
                {"value": "98 %", "from": "year 2", "source": "illustrative"},
            ],
            "provisional from": {"value": "50 %", "source": "illustrative"},
        },
    ],
}
ASKED = definition(numerator={"count": "contacts", "between": ["period start", "period end"]})


def judged(*found: RowQuality, asked=ASKED, provider="P1", year=1, rules=RULES, silences=()):
    judging = Judging(EvidenceRules.model_validate(rules), records(*found, silences=silences))
    return judging.shortfalls(asked, provider, QUARTER, year)


@pytest.mark.parametrize(
    ("bad", "year", "state"),
    [
        ({"unfilled": 5}, 1, None),
        ({"unfilled": 6}, 1, Evidence.PROVISIONAL),
        ({"unfilled": 20}, 1, Evidence.PROVISIONAL),
        ({"unfilled": 21}, 1, Evidence.INSUFFICIENT),
        ({"invalid": 10}, 1, None),
        ({"invalid": 10}, 2, Evidence.PROVISIONAL),
        ({"invalid": 10}, 0, None),
        ({"invalid": 51}, 0, Evidence.INSUFFICIENT),
        ({"inconsistent": 90}, 1, None),
    ],
)
def test_a_share_at_the_mark_is_enough_and_one_below_is_not(bad, year, state):
    short = judged(rows(**bad), year=year)
    assert [one.state for one in short] == ([] if state is None else [state])


def test_a_shortfall_says_what_was_asked():
    (short,) = judged(rows(unfilled=40))
    assert (short.table, short.measure, short.held.share, short.mark) == (
        "contacts",
        "completeness",
        Fraction(60, 100),
        Fraction(80, 100),
    )


def test_few_rows_say_nothing():
    assert judged(rows(rows=29, unfilled=29)) == ()
    assert len(judged(rows(rows=30, unfilled=30))) == 1


def test_needed_columns_are_the_contracts_to_name():
    named = {**RULES, "needed": ["contacts.happened_at", "scores.score"]}
    found = rows(filled=(("happened_at", 50),))
    assert judged(found) == ()
    assert judged(found, rules=named)[0].held == Held(50, 100)


def test_only_the_months_that_the_definition_looks_at_count():
    bad = rows(month=JULY, unfilled=100)
    assert judged(bad) == ()
    later = definition(numerator={"count": "contacts", "between": ["period start", "period end + 3 months"]})
    assert len(judged(bad, asked=later)) == 1


def test_the_reach_of_definitions():
    year = Period(start=date(2026, 4, 1), end=date(2027, 3, 31))
    housed = definition(
        denominator={
            "event": "diagnoses",
            "take": "first",
            "falls": "12 months",
            "who": [{"alive": "anchor + 12 months"}],
        },
        numerator={
            "latest": "accommodation.settled",
            "has": "Y",
            "between": ["anchor + 9 months", "anchor + 15 months"],
        },
    )
    assert reach_of(housed, year) == {
        "accommodation": (date(2026, 1, 1), date(2027, 6, 30)),
        "deaths": (date(2025, 4, 1), date(2027, 3, 31)),
        "diagnoses": (date(2025, 4, 1), date(2026, 3, 31)),
    }
    cohort = definition(
        numerator=[
            {"open": "care_programmes", "on": "anchor", "since": "anchor - 12 months"},
            {"age": [18, 64], "at": "anchor"},
        ]
    )
    assert reach_of(cohort, QUARTER) == {"care_programmes": (date(2025, 6, 30), date(2026, 6, 30)), "people": None}
    changed = definition(
        denominator={"event": "referrals"},
        counts="referral",
        numerator={
            "change": "scores.score",
            "items": "a",
            "first": ["anchor", "anchor + 3 months"],
            "last": ["anchor + 6 months", "anchor + 12 months"],
            "better": "higher",
            "by at least": 1,
        },
    )
    assert reach_of(changed, QUARTER)["scores"] == (date(2026, 4, 1), date(2027, 6, 30))
    deaths = rate(events={"events": "emergency_attendances"})
    assert reach_of(deaths, QUARTER) == {"deaths": SPAN, "emergency_attendances": SPAN}
    score = definition(
        measure="mean",
        value={"total": "scores.score", "items": "a", "between": ["anchor - 6 months", "anchor"], "ties": "higher"},
    )
    assert reach_of(score, QUARTER)["scores"] == (date(2025, 12, 30), date(2026, 6, 30))


def value(evidence=Evidence.PROVISIONAL, **others) -> IndicatorValue:
    return IndicatorValue(
        indicator="asked",
        period_start=QUARTER.start,
        period_end=QUARTER.end,
        numerator=Decimal(1),
        denominator=Decimal(2),
        value=Decimal("0.5"),
        evidence=evidence,
        **{"provider": "P1", **others},
    )


def states(found: RowQuality, *given: IndicatorValue, closed: bool) -> list[Evidence]:
    judging = Judging(EvidenceRules.model_validate(RULES), records(found))
    made = with_evidence(given, {"asked": ASKED}, judging, lambda _: 1, lambda _: closed)
    return [one.evidence for one in made]


@pytest.mark.parametrize(
    ("unfilled", "open_", "closed"),
    [
        (0, Evidence.PROVISIONAL, Evidence.FINAL),
        (10, Evidence.PROVISIONAL, Evidence.PROVISIONAL),
        (30, Evidence.INSUFFICIENT, Evidence.INSUFFICIENT),
    ],
)
def test_final_needs_good_records_and_a_period_that_is_over(unfilled, open_, closed):
    assert states(rows(unfilled=unfilled), value(), closed=False) == [open_]
    assert states(rows(unfilled=unfilled), value(), closed=True) == [closed]


def test_what_has_no_number_gets_none():
    missing, empty, strange = value(Evidence.MISSING), value(Evidence.INSUFFICIENT), value(Evidence.DISPUTED)
    assert states(rows(), missing, empty, strange, closed=True) == [
        Evidence.MISSING,
        Evidence.INSUFFICIENT,
        Evidence.DISPUTED,
    ]
    given = (value(),)
    assert with_evidence(given, {"asked": ASKED}, None, lambda _: 1, lambda _: True) == given


def test_rules_that_contradict_themselves_are_refused():
    def change(**rule):
        return EvidenceRules.model_validate({**RULES, "rules": [{**RULES["rules"][0], **rule}]})

    with pytest.raises(ValidationError, match="ask no more of a provisional value than of a final one"):
        change(**{"provisional from": {"value": "96 %", "source": "illustrative"}})
    with pytest.raises(ValidationError, match="write a share from 0 % to 100 %"):
        change(**{"final from": {"value": 95, "source": "illustrative"}})
    with pytest.raises(ValidationError, match="write one rule of each"):
        EvidenceRules.model_validate({**RULES, "rules": [RULES["rules"][0]] * 2})
    with pytest.raises(ValidationError, match=r"choose one of contacts\.contact_id"):
        EvidenceRules.model_validate({**RULES, "needed": ["contacts.moment"]})


COMPLETE = definition(
    counts="row",
    denominator={"rows of": ["contacts", "referrals"]},
    quality="complete",
    **{"member on": None},
)


def test_completeness_is_a_value_like_any_other():
    found = records(
        rows(unfilled=10),
        rows("referrals", rows=50, month=MAY),
        rows(provider="P2", rows=40),
        rows("people", "all", None),
        silences=(silence("P2"),),
    )
    values = {one.provider: one for one in row_values(COMPLETE, found, [QUARTER], ["P1", "P2", "P3"], None)}
    assert {name: (one.numerator, one.denominator) for name, one in values.items()} == {
        "all": (180, 290),
        "P1": (140, 150),
        "P2": (40, 140),
        "P3": (0, 0),
    }
    assert values["P1"].value == Decimal("0.9333333333")
    assert values["P1"].lower_95 < values["P1"].value < values["P1"].upper_95
    assert (values["P3"].value, values["P3"].evidence) == (None, Evidence.INSUFFICIENT)
    assert {one.segment for one in values.values()} == {"all"}


def test_completeness_of_an_absent_table_is_missing():
    (whole,) = row_values(COMPLETE, records(rows()), [QUARTER], [], None)
    assert (whole.evidence, whole.value) == (Evidence.MISSING, None)


def test_the_other_measures_and_what_is_needed():
    found = records(rows(invalid=10, inconsistent=20, sent=50, late=5, filled=(("team", 70),)), rows("referrals"))

    def of(quality: str, rules=None):
        asked = COMPLETE.model_copy(update={"quality": quality})
        return row_values(asked, found, [QUARTER], ["P1"], rules)[-1].value

    assert (of("valid"), of("consistent"), of("timely")) == (Decimal("0.95"), Decimal("0.9"), Decimal("0.9"))
    assert of("complete", EvidenceRules.model_validate({**RULES, "needed": ["contacts.team"]})) == Decimal("0.85")


def test_rows_are_no_people():
    with pytest.raises(ValueError, match="does not count rows"):
        row_values(ASKED, records(rows()), [QUARTER], [], None)
    assert judged(rows(unfilled=100), asked=COMPLETE) == (), "records are not judged by themselves"
    assert sentence(COMPLETE) == (
        "Of the rows of contacts and referrals in the period, the share of those that are there and filled in, rows "
        "that a silent provider would usually have sent counted as missing. Each counts for the provider that "
        "recorded it."
    )


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"counts": "person"}, "write 'counts: row'"),
        ({"quality": None}, "write 'counts: row'"),
        ({"denominator": {"cohort": "period end"}}, "write 'counts: row'"),
        ({"measure": "mean"}, "good rows are a proportion of all"),
        ({"numerator": {"alive": "anchor"}}, "it asks about people"),
        ({"denominator": {"rows of": "people"}}, "its rows are of no provider"),
        ({"denominator": {"rows of": "contact"}}, "the table 'contact'"),
    ],
)
def test_half_a_definition_of_rows_is_refused(parts, words):
    whole = {
        "counts": "row",
        "denominator": {"rows of": "contacts"},
        "quality": "complete",
        "member on": None,
        **parts,
    }
    with pytest.raises(ValidationError, match=words):
        definition(**whole)
