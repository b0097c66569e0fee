"""Exports: exact headers, the structure that FHIR R4 publishes, and nothing that a profile hides."""

import csv
import io
import json
import zipfile
from decimal import Decimal

import pytest

from command import obc
from obc.domain.core.kernel.problem import Problems
from obc.domain.core.kernel.provenance import Evidence
from obc.domain.measurement.indicators.values import ValueSet
from obc.domain.outcomes.publication.suppression import PROFILES
from obc.loaders import fingertips as source
from obc.reports.exports import fingertips, write_export
from obc.reports.exports.fhir import fhir_bundle
from obc.reports.exports.fingertips import fingertips_csv
from obc.reports.exports.material import Material, period_name
from obc.reports.exports.tidy import tidy_csv
from obc.services.publish import publish
from report_samples import contract, values

# HL7 FHIR 4.0.1: MeasureReport, elements with their cardinalities (https://hl7.org/fhir/R4/measurereport.html)
REPORT = {"identifier": "*", "status": "1", "type": "1", "measure": "1", "subject": "?", "date": "?", "reporter": "?"}
REPORT |= {"period": "1", "improvementNotation": "?", "group": "*", "evaluatedResource": "*"}
MEASURE = {"url", "name", "title", "status", "publisher", "description", "purpose", "scoring", "improvementNotation"}
MEASURE |= {"group"}
GROUP = {"code", "population", "measureScore", "stratifier"}
POPULATIONS = {"numerator", "denominator", "measure-population"}


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


def test_the_bundle_has_the_structure_that_fhir_publishes():
    bundle = json.loads(fhir_bundle(material("nhs"), "https://example.org/fhir"))
    assert (bundle["resourceType"], bundle["type"]) == ("Bundle", "collection")
    resources = [entry["resource"] for entry in bundle["entry"]]
    assert len({entry["fullUrl"] for entry in bundle["entry"]}) == len(resources)
    measures = {one["url"]: one for one in resources if one["resourceType"] == "Measure"}
    for one in measures.values():
        assert one.keys() - {"resourceType", "id"} == MEASURE
        assert one["scoring"]["coding"][0]["code"] in {"proportion", "ratio", "continuous-variable"}
    for one in resources:
        if one["resourceType"] == "Measure":
            continue
        assert one.keys() - {"resourceType", "id"} <= REPORT.keys()
        assert all(key in one for key, many in REPORT.items() if many == "1")
        assert all(isinstance(one[key], list) == (REPORT[key] == "*") for key in one.keys() & REPORT.keys())
        assert (one["status"], one["type"]) == ("complete", "summary") and one["measure"] in measures
        assert len(one["id"]) <= 64
        for group in one["group"]:
            assert group.keys() <= GROUP
            for part in [group, *(s for r in group.get("stratifier", []) for s in r["stratum"])]:
                for population in part.get("population", []):
                    assert population["code"]["coding"][0]["code"] in POPULATIONS
                    assert ("count" in population) != ("_count" in population)
                    assert isinstance(population.get("count", 0), int)


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
