"""Adjusting records whose truth is known: a difference in mix goes away, a true difference stays."""

import shutil
from datetime import date
from pathlib import Path

import duckdb
import pytest

from command import obc
from obc.bootstrap import contracts
from obc.domain.measurement.records.tables import TABLES
from obc.loaders.places import find_contract
from obc.synthetic.make import make_records
from obc.synthetic.truth import Truth
from synthetic_county import oxfordshire

pytestmark = pytest.mark.usefixtures("records_read_once")
CONTRACT = "oxfordshire-mental-health"
EMPLOYED = "paid-employment-one-year"
MILD = {"anxiety-and-depression": 0.8, "psychosis": 0.2}
SEVERE = {"anxiety-and-depression": 0.2, "psychosis": 0.8}


def county(provider: str, mix: dict[str, float], employed: float = 0) -> Truth:
    """The shipped truth with one provider, another mix of people, and so much more of them in paid employment."""
    truth = oxfordshire()
    groups = tuple(group.model_copy(update={"share": mix[group.id]}) for group in truth.groups if group.id in mix)
    only = truth.county.providers[0].model_copy(update={"code": provider, "share": 1.0})
    place = truth.county.model_copy(update={"providers": (only,), "crisis_provider": provider})
    course = truth.roles.paid_employment
    more = tuple((group, tuple(year + employed for year in years)) for group, years in course.groups)
    roles = truth.roles.model_copy(update={"paid_employment": course.model_copy(update={"groups": more})})
    return truth.model_copy(
        update={"groups": groups, "county": place, "roles": roles, "records_end": date(2014, 6, 30)}
    )


COUNTIES = {
    "RNU": (county("RNU", MILD), 6000),
    "OX01": (county("OX01", SEVERE), 6000),
    "OX02": (county("OX02", SEVERE, employed=0.12), 2000),
}


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three providers' people in one folder."""
    home = tmp_path_factory.mktemp("mix")
    for seed, (name, (truth, people)) in enumerate(COUNTIES.items(), start=5):
        make_records(truth, people, seed, home / name)
    together = home / "together"
    together.mkdir()
    for table in TABLES:
        ids = [column.name for column in table.columns if column.kind == "id"]
        parts = []
        for name in COUNTIES if ids else ["RNU"]:
            own = ", ".join(f"'{name}-' || {column} AS {column}" for column in ids)
            kept = f"* REPLACE ({own})" if own else "*"
            parts.append(f"SELECT {kept} FROM '{home / name / table.name}.parquet'")
        union = " UNION ALL ".join(parts)
        duckdb.execute(f"COPY ({union}) TO '{together / table.name}.parquet' (FORMAT parquet)")
    return together


@pytest.fixture(scope="module")
def fitted(records: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict, Path]:
    """What `--fit` says of the year before the first, and where it wrote."""
    out = tmp_path_factory.mktemp("fitted")
    ran = obc("adjust", CONTRACT, "--records", records, "--fit", "--out", out, "--format", "json")
    assert ran.status == 0, ran.err
    return ran.json, out


def of(content: dict, indicator: str) -> dict:
    return next(one for one in content["indicators"] if one["indicator"] == indicator)


def test_a_difference_in_mix_goes_away_and_a_true_difference_stays(fitted) -> None:
    found = of(fitted[0], EMPLOYED)
    mild, severe, better = (next(p for p in found["providers"] if p["provider"] == code) for code in COUNTIES)
    crude = [one["crude"]["value"] for one in (mild, severe, better)]
    ratio = [one["ratio"]["value"] for one in (mild, severe, better)]
    assert crude[0] > 1.4 * crude[1], "made up: mostly people who work more often"
    assert abs(ratio[0] - ratio[1]) < 0.15, "gone once each is held against its own people"
    assert max(abs(mild["position"]), abs(severe["position"])) < 2, "the better one draws the model a little its way"
    assert crude[2] < crude[0], "unadjusted, the provider that does best looks worse than the first"
    assert (better["position"], ratio[2] > 1.5) == (2, True), "true: kept, and beyond the limits"
    assert better["ratio"]["lower_95"] > 1
    assert abs(mild["adjusted"]["value"] - severe["adjusted"]["value"]) < 0.05


def test_the_model_finds_the_truth_by_need(fitted) -> None:
    found = of(fitted[0], EMPLOYED)
    segment = found["model"]["factors"][2]
    effects = {one["level"]: float(one["coefficient"]) for one in segment["effects"]} | {segment["reference"]: 0.0}
    assert effects["anxiety-and-depression"] - effects["psychosis"] > 0.5
    ages = [float(one["coefficient"]) for one in found["model"]["factors"][0]["effects"]]
    errors = [float(one["standard_error"]) for one in found["model"]["factors"][0]["effects"]]
    assert all(abs(a) < 3.5 * e for a, e in zip(ages, errors, strict=True)), "age goes with nothing in this truth"
    assert found["c_statistic"] > 0.55
    assert sum(part["observed"] for part in found["calibration"]) == found["everybody"]["observed"]


def test_the_page_says_it_with_its_pictures(fitted) -> None:
    out = fitted[1]
    page = (out / "adjustment.html").read_text(encoding="utf-8")
    assert "beyond chance" in page
    assert "OX02 on “In paid employment one year after diagnosis”" in page
    assert "Anxiety and depression" in page
    assert "c statistic" in page
    assert (out / "adjustment.pdf").read_bytes().startswith(b"%PDF")
    for kind in ("funnel", "calibration"):
        assert (out / "charts" / f"{kind}-{EMPLOYED}.svg").exists()
        assert (out / "charts" / f"{kind}-{EMPLOYED}.csv").exists()


@pytest.fixture
def signed(fitted, tmp_path: Path) -> Path:
    """The contract with the models frozen into it, and paid employment judged by what was expected."""
    folder = tmp_path / "contract"
    shutil.copytree(find_contract(CONTRACT)[0], folder)
    shutil.copy(fitted[1] / "case_mix.yaml", folder)
    return folder


def test_frozen_models_are_part_of_the_contract(fitted, signed: Path) -> None:
    before, after = contracts.load_contract(CONTRACT), contracts.load_contract(str(signed))
    assert after.hash != before.hash
    assert after.definitions_hash != before.definitions_hash
    text = (signed / "case_mix.yaml").read_text(encoding="utf-8")
    (signed / "case_mix.yaml").write_text(text.replace("constant: -", "constant: -1", 1), encoding="utf-8")
    assert contracts.load_contract(str(signed)).hash != after.hash, "a changed coefficient is another contract"


def test_a_contract_uses_the_models_that_it_froze(fitted, signed: Path, records: Path, tmp_path: Path) -> None:
    ran = obc("adjust", signed, "--records", records, "--year", 0, "--out", tmp_path / "out", "--format", "json")
    assert ran.status == 0, ran.err
    assert of(ran.json, EMPLOYED)["providers"] == of(fitted[0], EMPLOYED)["providers"]
    assert not (tmp_path / "out" / "case_mix.yaml").exists()


def test_a_measured_value_can_be_scored_as_adjusted(signed: Path, records: Path, tmp_path: Path) -> None:
    framework = signed / "framework.yaml"
    text = framework.read_text(encoding="utf-8")
    place = text.index(f"- id: {EMPLOYED}")
    end = text.index("- id:", place + 5)
    framework.write_text(
        text[:place]
        + f"- id: {EMPLOYED}\n        figure: ratio\n        baseline: 1\n"
        + "        thresholds: {good: 1.05, improved: 1.1, excellent: 1.2}\n        source: illustrative\n      "
        + text[end:],
        encoding="utf-8",
    )
    values = tmp_path / "values.json"
    ran = obc("measure", signed, "--records", records, "--out", values, "--format", "json")
    assert ran.status == 0, ran.out + ran.err
    rows = [v for v in ran.json["values"] if (v["indicator"], v["segment"], v["provider"]) == (EMPLOYED, "all", "OX02")]
    year = next(v for v in rows if (v["period_start"], v["period_end"]) == ("2013-04-01", "2014-03-31"))
    assert year["ratio"] > 1.5
    assert year["ratio"] == pytest.approx(year["numerator"] / year["expected"])


def test_a_definition_that_changed_since_the_fit_is_refused(signed: Path) -> None:
    own = signed / "indicators"
    own.mkdir()
    shipped = Path(contracts.__file__).parents[1] / "definitions" / "indicators" / f"{EMPLOYED}.yaml"
    text = shipped.read_text(encoding="utf-8")
    (own / shipped.name).write_text(text.replace("[25, 35, 45, 55, 65]", "[30, 50]"), encoding="utf-8")
    ran = obc("contract", "check", signed)
    assert ran.status == 1
    assert "a definition that has changed since the model was fitted" in ran.out
    (own / shipped.name).write_text(text.replace("adjusted by: [", "adjusted by: [ethnicity, "), encoding="utf-8")
    assert "the factors age, sex, segment" in obc("contract", "check", signed).out
    kept = [line for line in text.splitlines() if not line.startswith("adjusted by")]
    (own / shipped.name).write_text("\n".join(kept), encoding="utf-8")
    assert f"'{EMPLOYED}', which is adjusted by nothing but has a model" in obc("contract", "check", signed).out


def test_a_model_of_no_indicator_and_a_ratio_of_no_model_are_refused(signed: Path) -> None:
    file = signed / "case_mix.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(f"indicator: {EMPLOYED}", "indicator: paid-emploiment"), encoding="utf-8")
    ran = obc("contract", "check", signed)
    assert f"did you mean '{EMPLOYED}'?" in ran.out
    file.unlink()
    framework = signed / "framework.yaml"
    old = framework.read_text(encoding="utf-8")
    framework.write_text(old.replace(f"- id: {EMPLOYED}", f"- id: {EMPLOYED}\n        figure: ratio"), encoding="utf-8")
    assert "freeze a case-mix model of it in case_mix.yaml" in obc("contract", "check", signed).out


def test_a_year_that_the_records_do_not_hold(records: Path, tmp_path: Path) -> None:
    ran = obc("adjust", CONTRACT, "--records", records, "--year", 3, "--out", tmp_path)
    assert ran.status == 1
    assert "year 3, which the records do not hold whole" in ran.out
    assert "write one of 0 (0 is the year before the first)" in ran.out


def test_without_models_the_page_says_how_to_make_them(records: Path, tmp_path: Path) -> None:
    ran = obc("adjust", CONTRACT, "--records", records, "--out", tmp_path)
    assert ran.status == 0, ran.out
    assert "no ratio: there is no case-mix model" in ran.out
    assert "fit one with --fit" in (tmp_path / "adjustment.html").read_text(encoding="utf-8")


def test_a_contract_that_adjusts_nothing(records: Path, tmp_path: Path) -> None:
    ran = obc("adjust", "oxfordshire-constitution-standards", "--records", records, "--fit", "--out", tmp_path)
    assert ran.status == 1
    assert "no definition with 'adjusted by'" in ran.out
