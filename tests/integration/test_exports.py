"""Exports: exact headers, the structure that FHIR R4 publishes, and nothing that a profile hides."""

import csv
import io
import json
import zipfile
from decimal import Decimal

import pytest

import fhir_r4
from command import obc
from obc.bootstrap import contracts
from obc.domain.core.kernel.problem import Problems
from obc.domain.core.kernel.provenance import Evidence
from obc.domain.measurement.indicators.values import ValueSet
from obc.domain.outcomes.publication.suppression import PROFILES
from obc.loaders import fingertips as source
from obc.reports.exports import fingertips, write_export
from obc.reports.exports.fhir import fhir_bundle
from obc.reports.exports.fingertips import fingertips_csv
from obc.reports.exports.material import Material, period_name
from obc.reports.exports.schedules import quality_table, reporting_table
from obc.reports.exports.tidy import tidy_csv
from obc.services.publish import publish
from report_samples import contract, values


def rows(content: bytes) -> list[dict[str, str]]:
    """The rows of a CSV by column."""
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def material(profile: str) -> Material:
    """The sample values under a profile."""
    return Material(contract(), publish(contract(), values(), profile), PROFILES[profile])


def test_the_tidy_file_has_a_row_a_value_and_no_small_count():
    found = rows(tidy_csv(material("nhs")))
    assert len(found) == len([one for one in values().values if one.indicator in _known()])
    for row in found:
        if row["shown"] != "shown":
            assert row["numerator"] == "" and row["value"] == ""
        elif row["measure"] == "proportion":
            top, under = int(row["numerator"]), int(row["denominator"])
            assert top % 5 == under % 5 == 0
            assert Decimal(row["value"]) == pytest.approx(Decimal(top) / under, abs=Decimal("1e-9"))
            assert Decimal(row["lower_998"]) <= Decimal(row["lower_95"]) <= Decimal(row["value"])
    assert {"suppressed", "shown"} <= {row["shown"] for row in found}


def test_for_the_parties_nothing_is_hidden_or_rounded():
    found = material("none").values
    assert {one.shown for one in found} <= {"shown", "missing", "not measurable"}
    given = {one.key: one for one in values().values}
    for one in found:
        source = given[one.indicator, one.segment, one.provider, one.period.start, one.period.end]
        if one.shown == "shown":
            assert (one.numerator, one.denominator) == (source.numerator, source.denominator)


def test_what_is_missing_is_not_suppressed():
    some = [one.model_copy(update={"denominator": None, "evidence": Evidence.MISSING}) for one in values().values]
    found = publish(contract(), ValueSet(values=tuple(some)), "nhs")
    assert {one.shown for one in found} == {"missing"}


def test_fingertips_has_the_header_to_the_letter_and_reads_back(tmp_path):
    content = fingertips_csv(material("nhs"))
    assert tuple(content.decode().splitlines()[0].split(",")) == source.HEADER == fingertips.HEADER
    path = tmp_path / "ours.csv"
    path.write_bytes(content)
    name = sorted(_known())[0]
    back = source.read_fingertips(path, name)
    ours = [one for one in material("nhs").values if one.indicator == name]
    assert [one.value is None for one in back] == [one.value is None for one in ours]
    hidden = [one.shown == "suppressed" for one in ours]
    assert [one.state == "suppressed at source" for one in back] == hidden


@pytest.mark.parametrize("profile", ["none", "nhs"])
def test_the_bundle_fits_the_published_structure_of_fhir_r4(profile):
    """Its classes are made from the structure definitions that HL7 publishes: names, types, cardinalities."""
    from fhirclient.models.bundle import Bundle
    from fhirclient.models.fhirabstractbase import FHIRValidationError

    content = json.loads(fhir_bundle(material(profile), "https://example.org/fhir"))
    read = Bundle(content)
    assert {type(one.resource).__name__ for one in read.entry} == {"Measure", "MeasureReport"}
    assert len(read.entry) == len(content["entry"])
    for entry, change, words in ((-1, {"status": 7}, "status"), (0, {"colour": "blue"}, "colour")):
        content["entry"][entry]["resource"].update(change)
        with pytest.raises(FHIRValidationError, match=words):
            Bundle(content)


@pytest.mark.parametrize("profile", ["none", "nhs", "below-5"])
def test_the_bundle_is_as_the_pages_of_fhir_have_it(profile):
    bundle = json.loads(fhir_bundle(material(profile), "https://example.org/fhir"))
    assert fhir_r4.faults(bundle) == []
    kinds = [entry["resource"]["resourceType"] for entry in bundle["entry"]]
    assert set(kinds) == {"Measure", "MeasureReport"} and len(kinds) > 10


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (lambda one: one.pop("status"), "status: must be there"),
        (lambda one: one.update(colour="red"), "colour: no such element"),
        (lambda one: one.update(type="weekly"), "'weekly' is no measure-report-type"),
        (lambda one: one.update(group=[]), "group: a list with something in it"),
        (lambda one: one.update(measure="https://example.org/fhir/Measure/other"), "is not in the bundle"),
        (lambda one: one.update(period={"start": "2027-04-01", "end": "2026-04-01"}), "per-1"),
        (lambda one: one["group"][0]["population"][0].update(count=None), "None is no integer"),
    ],
)
def test_the_check_finds_what_is_not(spoil, fault):
    bundle = json.loads(fhir_bundle(material("none"), "https://example.org/fhir"))
    report = next(e["resource"] for e in bundle["entry"] if e["resource"]["resourceType"] == "MeasureReport")
    spoil(report)
    assert any(fault in one for one in fhir_r4.faults(bundle))


def test_observed_over_expected_is_exported_everywhere():
    held = material("none")
    found = [row for row in rows(tidy_csv(held)) if row["ratio"]]
    given = [one for one in held.values if one.ratio is not None]
    assert len(found) == len(given) > 0
    for row, one in zip(found, given, strict=True):
        assert Decimal(row["ratio"]) == pytest.approx(one.numerator / one.expected, abs=Decimal("1e-9"))
        assert Decimal(row["ratio_lower_95"]) <= Decimal(row["ratio"]) < Decimal(row["ratio_upper_95"])
    ours = [row for row in rows(fingertips_csv(held)) if row["Indicator ID"].endswith("-ratio")]
    assert [Decimal(row["Value"]) for row in ours] == [Decimal(row["ratio"]) for row in found]
    assert all("observed over expected" in row["Indicator Name"] for row in ours)
    bundle = json.loads(fhir_bundle(held, "https://example.org/fhir"))
    groups = [
        g for e in bundle["entry"] if e["resource"]["resourceType"] == "MeasureReport" for g in e["resource"]["group"]
    ]
    scores = [g["measureScore"]["value"] for g in groups if g.get("code", {}).get("text") == "observed over expected"]
    assert scores and all(0 <= score < 50 for score in scores)


def test_a_ratio_from_hidden_events_is_hidden():
    for one in material("nhs").values:
        assert (one.ratio is None) or one.shown == "shown"


def test_a_suppressed_count_is_masked():
    text = fhir_bundle(material("nhs"), "https://example.org/fhir").decode()
    assert '"valueCode": "masked"' in text and '"valueCode": "not-applicable"' in text
    assert '"valueCode": "masked"' not in fhir_bundle(material("none"), "https://example.org/fhir").decode()


def test_the_workbook_says_what_is_hidden(tmp_path):
    path = write_export(
        contract(), publish(contract(), values(), "below-5"), "below-5", "xlsx", "", tmp_path / "x.xlsx"
    )
    with zipfile.ZipFile(path) as book:
        assert "Counts below 5" in book.read("xl/sharedStrings.xml").decode()


def test_the_same_values_give_the_same_bytes(tmp_path):
    shown = publish(contract(), values(), "nhs")
    for form in ("csv", "fhir", "fingertips", "xlsx"):
        both = [write_export(contract(), shown, "nhs", form, "u", tmp_path / f"{n}.{form}") for n in (1, 2)]
        assert both[0].read_bytes() == both[1].read_bytes()


def test_the_schedules_of_the_standard_contract_have_its_columns_and_all_that_is_judged(tmp_path):
    held = contracts.load_contract("oxfordshire-mental-health")
    quality, reporting = quality_table(held), reporting_table(held)
    heads = [column.heading for column in quality.columns]
    assert heads[:3] == ["Quality Requirement", "Threshold", "Method of Measurement"]
    assert "Applicable Service Specification" in heads
    uses = [use for outcome in held.framework.outcomes for use in outcome.indicators]
    named = " ".join(str(row[0]) for row in quality.rows)
    assert all(held.definition(use.id).title in named for use in uses)
    split = [
        row for row in quality.rows if "employment" in str(row[0]) and row[4] == "Psychosis including schizophrenia"
    ]
    assert [row[1] for row in split] == [
        "Good: at least +4.0 percentage points; improved: at least +10.0 percentage points; "
        "excellent: at least +18.0 percentage points (baseline 32.0%)"
    ]
    paid = {use.id: use.incentivised for use in uses}
    shown = [row for row in quality.rows if row[1] == "None: shown only"]
    assert len(shown) == sum(not one for one in paid.values())
    assert [one.what for one in held.schedules.information] == [row[0] for row in reporting.rows]
    bare = reporting_table(contract())
    assert "not agreed yet" in bare.rows[0]


@pytest.mark.parametrize("ending", ["xlsx", "docx", "html"])
def test_the_schedules_are_written_as_the_ending_says(tmp_path, ending):
    out = tmp_path / f"schedules.{ending}"
    ran = obc("export", "schedules", "oxfordshire-mental-health", "--out", out)
    assert ran.status == 0 and str(out) in ran.out, ran.err
    text = (
        out.read_bytes()
        if ending == "html"
        else b"".join(zipfile.ZipFile(out).read(name) for name in zipfile.ZipFile(out).namelist())
    )
    assert b"Schedule 4C" in text and b"Timing and Method for delivery of Report" in text and b"2021/22" in text
    assert obc("export", "schedules", "oxfordshire-mental-health", "--out", tmp_path / "x.txt").status == 2


def test_periods_are_named_as_people_name_them():
    held = contract()
    year = held.period(1)
    assert "/" in period_name(year) or " to " in period_name(year)
    assert len({period_name(quarter) for quarter in held.quarters(1)}) == 4


def test_what_cannot_be_published_says_why(tmp_path):
    with pytest.raises(Problems, match="the profile 'loud'"):
        publish(contract(), values(), "loud")
    with pytest.raises(Problems, match="no indicator of this contract"):
        publish(contract(), ValueSet(values=()), "nhs")
    ran = obc(
        "export", "csv", "oxfordshire-mental-health", "--values", tmp_path / "no.csv", "--out", tmp_path / "o.csv"
    )
    assert ran.status == 1
    assert obc("export", "pigeon", "template", "--values", "x", "--out", "y").status == 2


def _known() -> set[str]:
    return {definition.id for definition in contract().definitions}
