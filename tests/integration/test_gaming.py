"""Gaming sown into synthetic records is found, with what to ask; the same records without it are left in peace."""

import shutil
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

import duckdb
import pytest

from command import Ran, obc
from obc.bootstrap import contracts, guarding
from obc.bootstrap.measuring import measure, records_of
from obc.domain.outcomes.guarding.guard import Guarded
from obc.engine.values_file import write_values
from obc.reports.gaming import GUARDS, gaming_document
from obc.reports.gaming_words import TELLINGS
from synthetic_county import made

pytestmark = pytest.mark.usefixtures("records_read_once")
CONTRACT = "oxfordshire-mental-health"
YEAR = "happened >= DATE '2016-04-01'"
SOWN = {
    # the largest provider stops writing down where people live
    "accommodation": "SELECT * FROM {file} WHERE NOT (provider = 'RNU' AND happened >= DATE '2017-01-01')",
    # people with psychosis are given less
    "activity": f"SELECT * REPLACE (CASE WHEN {YEAR} AND person_id IN (SELECT person_id FROM {{folder}}"
    "diagnoses.parquet' WHERE diagnosis[1:2] = 'F2') THEN round(cost_minor * 0.4) ELSE cost_minor END AS cost_minor) "
    "FROM {file}",
    # half of cluster 04 becomes 08, whatever the scores say
    "clusters": f"SELECT * REPLACE (CASE WHEN {YEAR} AND cluster = '04' AND hash(cluster_id) % 2 = 0 THEN '08' "
    "ELSE cluster END AS cluster) FROM {file}",
}


@pytest.fixture(scope="module")
def honest(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("gaming") / "records"
    made(folder, 6_000, 3)
    return folder


@pytest.fixture(scope="module")
def sown(honest, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("gamed") / "records"
    shutil.copytree(honest, folder)
    for table, query in SOWN.items():
        file = folder / f"{table}.parquet"
        text = query.format(file=f"'{honest / file.name}'", folder=f"'{honest}/")
        duckdb.execute(f"COPY ({text}) TO '{file}' (FORMAT parquet)")
    return folder


@pytest.fixture(scope="module")
def values(honest, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("values") / "values.parquet"
    contract = contracts.load_contract(CONTRACT)
    with records_of(contract, honest) as records:
        write_values(measure(contract, records, contract.period(3).end + timedelta(days=90)).values, path)
    return path


def test_honest_records_raise_nothing(honest, values):
    found = guarding.guard(contracts.load_contract(CONTRACT), values, honest, None)
    assert found.counted and len(found.looks) > 300
    assert found.raised == ()


@pytest.fixture(scope="module")
def command(sown, values, tmp_path_factory) -> tuple[Guarded, Ran, Path]:
    """The command on records with gaming: what it found, printed and wrote."""
    out, found = tmp_path_factory.mktemp("report"), []

    def guard(*given):
        found.append(guarding_records(*given))
        return found[-1]

    guarding_records = guarding.guard
    with patch.object(guarding, "guard", guard):
        ran = obc("report", "gaming", CONTRACT, "--values", values, "--records", sown, "--out", out)
    return found[0], ran, out


def test_what_was_sown_is_found_and_nothing_else(command):
    raised = {(one.kind, one.segment or one.about, one.provider) for one in command[0].raised}
    assert ("entries a quarter", "accommodation", "RNU") in raised
    assert ("spend on a segment", "psychosis", "") in raised
    assert {("share of a cluster", "04", ""), ("share of a cluster", "08", "")} <= raised
    kinds = {kind for kind, *_ in raised}
    assert kinds <= {"entries a quarter", "spend on a segment", "share of a cluster", "scores of a cluster"}


def test_the_command_says_what_it_saw_how_sure_and_what_to_ask(command):
    _, ran, out = command
    assert ran.status == 0, ran.err
    assert "Psychosis including schizophrenia: spend for a day in care is" in ran.out
    assert "looks allowed for" in ran.out and "It may be honest:" in ran.out and "Ask:" in ran.out
    page = (out / "gaming.html").read_text()
    assert all(guard.title in page for guard in GUARDS) and "Flat zones" in page
    assert TELLINGS["entries a quarter"].ask in page
    assert (out / "gaming.pdf").read_bytes().startswith(b"%PDF")
    charts = {path.name for path in (out / "charts").iterdir()}
    assert {"looks-share-of-a-cluster.png", "looks-entries-a-quarter.csv", "flat-zones.svg"} <= charts


def test_for_machines_from_values_alone(values):
    found = obc("report", "gaming", CONTRACT, "--values", values, "--format", "json").json
    assert found["schema_version"] == 1 and found["counted"] is False and found["raised"] == 0
    assert {one["kind"] for one in found["looks"]} == {
        "left out",
        "counted a year",
        "outcome of a segment",
        "not recorded",
    }
    assert {one["stand"] for one in found["zones"]} <= {
        "nothing more to earn",
        "out of reach",
        "at the edge",
        "on the way",
    }


def test_values_alone_say_what_was_not_looked_at(values):
    found = guarding.guard(contracts.load_contract(CONTRACT), values, None, None)
    document = repr(gaming_document(found, contracts.load_contract(CONTRACT)))
    assert "No records were given" in document and "nothing to look at" in document


def test_values_of_a_single_year_are_refused(values, tmp_path):
    from obc.domain.core.kernel.problem import Problems
    from obc.engine.values_file import read_values
    from obc.services.guard import times_of

    contract = contracts.load_contract(CONTRACT)
    held = read_values(values)
    year = contract.period(2)
    one = held.model_copy(update={"values": tuple(v for v in held.values if v.period_start >= year.start)})
    only = one.model_copy(update={"values": tuple(v for v in one.values if v.period_end <= year.end)})
    with pytest.raises(Problems, match="a year before"):
        times_of(contract, only)
