"""The monitoring page: charts that were drawn, sentences that say what they show."""

from command import obc
from obc.bootstrap import contracts
from obc.domain.measurement.indicators.values import ALL
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


def test_what_is_missing_is_said_in_people():
    held = contracts.load_contract("oxfordshire-mental-health")
    some = values().values
    moved = [one.model_copy(update={"indicator": "paid-employment-one-year"}) for one in some]
    kept = {(one.segment, one.period_start, one.period_end): one for one in moved if one.measure == "proportion"}
    back = held.period(1).start.year - contract().period(1).start.year
    shifted = tuple(
        one.model_copy(
            update={
                "period_start": one.period_start.replace(year=one.period_start.year + back),
                "period_end": one.period_end.replace(year=one.period_end.year + back),
            }
        )
        for one in kept.values()
    )
    found = monitor_contract(held, values().model_copy(update={"values": shifted}))
    document = monitoring_document(found.found, held, found.year)
    text = repr(document)
    assert "The year to March" in text and ("more people to" in text or "are reached" in text)


def test_the_command_refuses_values_that_are_not_there(tmp_path):
    absent = tmp_path / "absent.csv"
    ran = obc("report", "monitoring", "oxfordshire-mental-health", "--values", absent, "--out", tmp_path)
    assert ran.status == 1 and "absent.csv" in ran.out
