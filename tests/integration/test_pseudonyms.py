"""Pseudonyms: no raw id and no detail that nobody asked for goes on, and everything still joins."""

import hashlib
import hmac

import duckdb
import pytest

from command import obc
from obc.domain.measurement.records.tables import TABLES
from record_extracts import V5, V6
from record_folders import GOOD, put, read, rows

KEY = bytes(range(40))
DETAILS = "NHSNumber,LocalPatientID,Postcode,Surname"


def pseudonym(text: str, key: bytes = KEY) -> str:
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()[:32]


def hide(folder, out, key=KEY, *options):
    (folder.parent / "key").write_bytes(key)
    return obc("records", "pseudonymise", folder, "--key", folder.parent / "key", "--out", out, *options)


def contents(folder) -> str:
    """All that stands in a folder, as text."""
    return "\n".join(str(duckdb.read_parquet(str(path)).fetchall()) for path in sorted(folder.rglob("*.parquet")))


def without_ids(connection, table):
    shown = ", ".join(f'"{column.name}"' for column in table.columns if column.kind != "id")
    return connection.execute(f"SELECT {shown} FROM {table.name} ORDER BY ALL").fetchall()


@pytest.mark.parametrize(("extract", "mapping"), [(V5, "mhsds-v5"), (V6, "mhsds-v6")])
def test_everything_but_the_ids_reads_as_before(tmp_path, extract, mapping):
    before = put(tmp_path / "raw", extract)
    assert hide(before, tmp_path / "hidden").status == 0
    (plain, with_ids), (after, hidden) = read(before, mapping), read(tmp_path / "hidden", mapping)
    assert [(c.table, c.accepted) for c in after.counts] == [(c.table, c.accepted) for c in plain.counts]
    for table in TABLES:
        assert without_ids(hidden, table) == without_ids(with_ids, table), table.name
    assert {row[0] for row in rows(hidden, "people")} == {pseudonym("P1"), pseudonym("P2")}


def test_what_nobody_asked_for_stays_behind(tmp_path):
    first, *others = GOOD["people"].strip().splitlines()
    people = "\n".join([f"{first},{DETAILS}", *(f"{line.strip()},9434765919,L77,OX1 1AA,Smith" for line in others)])
    ran = hide(put(tmp_path / "raw", {**GOOD, "people": people}), tmp_path / "hidden", KEY, "--format", "json")
    assert ran.json["rows"] == {"people": 2, "referrals": 2}
    found = contents(tmp_path / "hidden")
    for detail in ("9434765919", "L77", "OX1 1AA", "Smith", "'P1'", "'R1'", *DETAILS.split(",")):
        assert detail not in found
    assert pseudonym("R1") in found and "E01000001" in found


def test_another_key_gives_other_pseudonyms_and_the_same_key_the_same(tmp_path):
    raw = put(tmp_path / "raw", GOOD)
    for name, key in (("one", KEY), ("again", KEY), ("other", KEY[::-1]), ("long", KEY * 3)):
        assert hide(raw, tmp_path / name, key).status == 0
    assert contents(tmp_path / "one") == contents(tmp_path / "again") != contents(tmp_path / "other")
    assert pseudonym("P1", KEY * 3) in contents(tmp_path / "long")


@pytest.mark.parametrize(
    ("key", "there", "said"), [(b"short", False, "at least 32 random bytes"), (KEY, True, "it is there already")]
)
def test_a_short_key_and_a_folder_that_is_there_are_refused(tmp_path, key, there, said):
    if there:
        (tmp_path / "hidden").mkdir()
    ran = hide(put(tmp_path / "raw", GOOD), tmp_path / "hidden", key)
    assert ran.status == 1 and said in ran.out
    assert (not there and not (tmp_path / "hidden").exists()) or (there and not list((tmp_path / "hidden").iterdir()))
    assert not (tmp_path / ".hidden.unfinished").exists()


def test_records_with_nhs_numbers_are_not_measured_unless_allowed(tmp_path):
    ids = ["9434765919", "401 023 2137", "943-476-5870"]
    people = [f"{one},1980-05-01,1,A,E01000001,north,E07000177" for one in ids]
    heads = GOOD["people"].strip().splitlines()[0]
    referrals = [f"R{n},{one},RNU,2023-01-10,,A1,4,A02,," for n, one in enumerate(ids)]
    tables = {
        "people": "\n".join([heads, *people]),
        "referrals": "\n".join([GOOD["referrals"].strip().splitlines()[0], *referrals]),
    }
    raw = put(tmp_path / "raw", tables)
    words = ["measure", "oxfordshire-mental-health", "--records"]
    refused = obc(*words, raw)
    assert refused.status == 1 and "3 valid NHS numbers" in refused.out and "9434765919" not in refused.out
    assert obc(*words, raw, "--allow-nhs-numbers").status == 0
    assert hide(raw, tmp_path / "hidden").status == 0
    assert obc(*words, tmp_path / "hidden").status == 0


def test_nhs_numbers_of_carers_are_found_too(tmp_path):
    carers = [f"{one},P1,RNU,2023-01-10," for one in ("9434765919", "943-476-5870", "4010232137")]
    text = "\n".join(["carer_id,person_id,provider,happened,ended", *carers])
    folder = put(tmp_path / "raw", GOOD | {"carers": text})
    refused = obc("measure", "oxfordshire-mental-health", "--records", folder)
    assert refused.status == 1 and "carers.carer_id" in refused.out and "people.person_id" not in refused.out
    assert "3 valid NHS numbers" in refused.out and "9434765919" not in refused.out
