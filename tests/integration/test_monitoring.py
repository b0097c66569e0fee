"""The monitoring page: charts that were drawn, sentences that say what they show."""

from datetime import date
from decimal import Decimal

import pytest

from command import obc
from obc.bootstrap import contracts
from obc.domain.measurement.indicators.values import ALL, ValueSet
from obc.engine.values_file import write_values
from obc.reports.monitoring import headline, monitoring_document, signals_table, write_monitoring
from obc.reports.names import Names
from obc.services.monitor import monitor_contract, rebase_of
from report_samples import contract, values


def test_the_page_has_a_chart_with_a_sentence_and_a_table_for_every_indicator(tmp_path):
    held = contract()
    last = held.quarters(2)[1].start
    first = next(iter(held.framework.outcomes)).indicators[0].id
    found = monitor_contract(held, values(), [rebase_of(f"{first} {last} the form changed")])
    paths = write_monitoring(found.found, held, found.year, tmp_path)
    charts = [path for path in paths if path.suffix == ".png"]
    assert len(charts) == len({row.indicator for row in found.found})
    page = (tmp_path / "monitoring.html").read_text()
    assert "Re-based from" in page and "the form changed" in page
    assert all(row.signals.variation in page for row in found.found)


def test_every_indicator_and_segment_has_a_row_and_everybody_counts_once_in_the_headline():
    held = contract()
    found = monitor_contract(held, values()).found
    assert len(signals_table(found, Names(held), 2).rows) == len(found)
    whole = sum(row.segment == ALL for row in found)
    assert headline(found).startswith(f"Of {whole} indicator")


def shifted() -> ValueSet:
    """The sample's shares as those of an indicator of the shipped contract, moved to its years."""
    held = contracts.load_contract("oxfordshire-mental-health")
    moved = [one.model_copy(update={"indicator": "paid-employment-one-year"}) for one in values().values]
    kept = {(one.segment, one.period_start, one.period_end): one for one in moved if one.measure == "proportion"}
    back = held.period(1).start.year - contract().period(1).start.year
    return values().model_copy(
        update={
            "values": tuple(
                one.model_copy(
                    update={
                        "period_start": one.period_start.replace(year=one.period_start.year + back),
                        "period_end": one.period_end.replace(year=one.period_end.year + back),
                    }
                )
                for one in kept.values()
            )
        }
    )


def test_what_is_missing_is_said_in_people():
    held = contracts.load_contract("oxfordshire-mental-health")
    found = monitor_contract(held, shifted())
    document = monitoring_document(found.found, held, found.year)
    text = repr(document)
    assert "The year to March" in text and ("more people to" in text or "are reached" in text)


def test_the_public_page_says_no_more_than_the_published_counts(tmp_path):
    """Every figure drawn is a share of rounded counts; what is hidden is a gap, and the page says so."""
    file = tmp_path / "values.csv"
    given = shifted()
    first = next(one for one in given.values if one.segment == "all")
    few = first.model_copy(update={"numerator": Decimal(3), "value": Decimal(3) / first.denominator})
    given = given.model_copy(update={"values": tuple(few if one.key == first.key else one for one in given.values)})
    write_values(given, file)
    call = ("report", "monitoring", "oxfordshire-mental-health", "--values", file, "--out", tmp_path)
    assert obc(*call).status == 0
    exact = (tmp_path / "monitoring.html").read_text()
    ran = obc(*call, "--profile", "nhs", "--format", "json")
    assert ran.status == 0 and ran.json["profile"] == "nhs"
    public = (tmp_path / "monitoring.html").read_text()
    assert "This is the public version" in public and "whose small numbers are hidden" in public
    assert "This is the public version" not in exact
    by_key = {(one.segment, one.period_start): one for one in given.values}
    drawn = [
        (by_key[row["segment"], date.fromisoformat(point["period"]["start"])], point["value"])
        for row in ran.json["indicators"]
        for point in row["signals"]["points"]
        if point["value"] is not None
    ]
    for one, value in drawn:
        top, under = (5 * int(float(count) / 5 + 0.5) for count in (one.numerator, one.denominator))
        assert value == pytest.approx(top / under)
        assert min(one.numerator, one.denominator - one.numerator) > 7
    assert drawn and first.key not in {one.key for one, _ in drawn}


def test_a_scorecard_may_be_public(tmp_path):
    file = tmp_path / "values.csv"
    write_values(shifted(), file)
    call = ("score", "oxfordshire-mental-health", "--values", file, "--year", 1, "--out", tmp_path)
    assert obc(*call, "--profile", "nhs").status == 0
    assert "This is the public version" in (tmp_path / "scorecard-year-1.html").read_text()
    assert obc(*call).status == 0
    assert "This is the public version" not in (tmp_path / "scorecard-year-1.html").read_text()


def test_the_command_refuses_values_that_are_not_there(tmp_path):
    absent = tmp_path / "absent.csv"
    ran = obc("report", "monitoring", "oxfordshire-mental-health", "--values", absent, "--out", tmp_path)
    assert ran.status == 1 and "absent.csv" in ran.out
