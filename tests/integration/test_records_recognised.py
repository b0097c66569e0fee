"""Which mapping an extract is read with: by its marks, by name, or from a file."""

import duckdb
import pytest

from obc.domain.core.kernel.problem import Problems
from obc.domain.measurement.records.tables import TABLES
from obc.engine.records.read import check_records
from obc.engine.records.recognise import recognise
from obc.loaders.record_mapping import load_mapping
from record_extracts import LOCAL, V5, V6, local
from record_folders import LISTS, MAPPINGS, put


def test_the_kind_of_extract_is_recognised(tmp_path):
    logical = {"people": "person_id,birth_date,sex", "referrals": "referral_id"}
    for name, tables in (("mhsds-v5", V5), ("mhsds-v6", V6), ("logical", logical)):
        assert recognise(put(tmp_path / name, tables), MAPPINGS.values()).id == name


def test_what_fits_none_or_several_is_for_people_to_say(tmp_path):
    both = put(tmp_path / "both", {**V5, **V6})
    with pytest.raises(Problems, match="tables that fit mhsds-v5, mhsds-v6; write --mapping with one of"):
        recognise(both, MAPPINGS.values())
    neither = put(tmp_path / "neither", {"Patients": "PatNo"})
    with pytest.raises(Problems, match="fit no mapping: Patients; write --mapping with one of logical"):
        recognise(neither, MAPPINGS.values())
    (tmp_path / "empty").mkdir()
    with pytest.raises(Problems, match="no CSV and no Parquet file"):
        recognise(tmp_path / "empty", MAPPINGS.values())


def test_a_mapping_is_found_by_name_short_name_or_file(tmp_path):
    assert load_mapping("v5") == load_mapping("mhsds-v5") == MAPPINGS["mhsds-v5"]
    (tmp_path / "ours.yaml").write_text(LOCAL)
    assert load_mapping(tmp_path / "ours.yaml") == local()
    with pytest.raises(Problems, match="no such mapping; write one of logical, mhsds-v5, mhsds-v6, or the file"):
        load_mapping("v7")
    (tmp_path / "wrong.yaml").write_text(LOCAL.replace("extends: mhsds-v6", "extends: v6"))
    with pytest.raises(Problems, match=r"wrong.yaml:5: extends: found extends: v6; extend one of logical"):
        load_mapping(tmp_path / "wrong.yaml")
    (tmp_path / "bad.yaml").write_text(LOCAL.replace("birth_date:", "born:"))
    with pytest.raises(Problems, match="the column 'born'; people has person_id, birth_date"):
        load_mapping(tmp_path / "bad.yaml")


def test_the_kind_of_extract_is_recognised_in_parquet_too(tmp_path):
    for table, columns in (("people", "1 AS person_id, 1 AS birth_date"), ("referrals", "1 AS referral_id")):
        duckdb.sql(f"SELECT {columns}").write_parquet(str(tmp_path / f"{table}.parquet"))
    assert recognise(tmp_path, MAPPINGS.values()).id == "logical"
    (tmp_path / "people.parquet").write_bytes(b"PAR1")
    with pytest.raises(Problems, match="fit no mapping: people, referrals"):
        recognise(tmp_path, MAPPINGS.values())


def test_reading_needs_every_code_list(tmp_path):
    with pytest.raises(KeyError, match="the code lists sex"):
        check_records(tmp_path, MAPPINGS["logical"], {name: one for name, one in LISTS.items() if name != "sex"})


def test_all_code_lists_of_the_tables_are_there():
    wanted = {column.codes for table in TABLES for column in table.columns if column.codes}
    assert wanted <= set(LISTS)
    assert all(LISTS[name].source for name in wanted)
