"""Figures in: the table to fill in, the file with its errors at their cells, the form that keeps what was typed."""

import csv
import io
import zipfile

import pytest

from web_visits import CONTRACT, HOME, counts_for, filled_in, loaded, send, signed_in, text_of

FIRST = "care-plan-within-four-weeks"


@pytest.fixture(scope="module")
def held(django):
    return loaded()


@pytest.fixture
def analyst(held):
    return signed_in("analyst")


def _table(client, period: str, kind: str = "xlsx", **more) -> bytes:
    answer = client.get(f"{HOME}figures/table/", {"period": period, "as": kind, **more})
    assert answer.status_code == 200 and answer.headers["Content-Disposition"].startswith("attachment")
    return answer.content


def test_a_table_is_filled_in_refused_at_its_cell_mended_and_submitted(held, analyst):
    table = _table(analyst, "5-1")
    good = counts_for(held.contract)

    def wrong(row):
        counts = good(row)
        if (row["indicator"], row["segment"]) == (FIRST, "psychosis"):
            counts["numerator"] = 120
        if (row["indicator"], row["segment"]) == ("mortality", "all"):
            counts["denominator"] = "about 400"
        return counts

    answer = send(analyst, "5-1", "quarter.xlsx", filled_in(table, wrong))
    page = text_of(answer)
    assert answer.status_code == 422 and "2 things have to be mended in quarter.xlsx" in page
    assert (
        "quarter.xlsx, sheet Figures 3 cell G3, numerator a numerator of 120 above its denominator of 100 check both"
        in page
    )
    assert "sheet Figures 92 cell H92, denominator 'about 400' write a count in figures" in page
    with_draft = analyst.get(f"{HOME}figures/form/5-1/?segment=psychosis&check=yes")
    assert 'value="120"' in with_draft.content.decode()
    done = send(analyst, "5-1", "quarter.xlsx", filled_in(table, good), follow=True)
    assert "The figures of year 5, quarter 1 are in: 150 rows, checked" in text_of(done)


def test_the_table_locks_its_labels_and_explains_its_columns(held, analyst):
    from python_calamine import CalamineWorkbook

    table = _table(analyst, "6")
    with zipfile.ZipFile(io.BytesIO(table)) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml").decode()
        assert "<sheetProtection" in sheet and "<dataValidation " in sheet
    book = CalamineWorkbook.from_filelike(io.BytesIO(table))
    notes = " ".join(str(cell) for row in book.get_sheet_by_name("Notes").to_python() for cell in row)
    assert "square each score, then add up" in notes and "No row about a person" in notes
    rows = book.get_sheet_by_name("Figures").to_python()
    assert len(rows) == 1 + len(held.contract.definitions) * 6
    by_provider = list(csv.reader(io.StringIO(_table(analyst, "6-2", "csv", providers="yes").decode())))
    assert {row[3] for row in by_provider[1:]} >= {"all", "RNU", "OX01"}
    assert by_provider[1][4:6] == ["2019-07-01", "2019-09-30"]


def test_the_form_keeps_a_draft_a_segment_and_submits_all_of_them(held, analyst):
    address = f"{HOME}figures/form/5-2/"
    page = text_of(analyst.get(address))
    assert "Everybody : 0 of 25 typed" in page
    saved = analyst.post(address, {"segment": "all", f"{FIRST}.numerator": "1,204", f"{FIRST}.denominator": "1600"})
    assert saved.status_code == 302 and saved["Location"].endswith("segment=all")
    on = analyst.post(address, {"segment": "psychosis", f"{FIRST}.numerator": "9", "do": "next"}, follow=True)
    assert "Alcohol and substance misuse" in text_of(on)
    refused = analyst.post(address, {"segment": "substance-misuse", "do": "submit"})
    page = text_of(refused)
    assert refused.status_code == 422 and "psychosis, denominator: found a numerator of 9 without a denominator" in page
    assert "Psychosis including schizophrenia : 1 of 25 typed, 1 to mend" in page
    there = analyst.get(f"{address}?segment=psychosis&check=yes").content.decode()
    assert 'value="9"' in there
    lead = text_of(signed_in("provider-lead").get(address))
    assert "last saved by analyst" in lead
    mended = {"segment": "psychosis", f"{FIRST}.numerator": "9", f"{FIRST}.denominator": "12", "do": "submit"}
    done = text_of(analyst.post(address, mended, follow=True))
    assert "The figures of year 5, quarter 2 are in: 2 rows" in done
    assert "0 of 25 typed" in text_of(analyst.get(address))
    assert signed_in("manager").get(address).status_code == 403


def test_a_draft_can_be_forgotten_and_is_nobody_elses(held, analyst):
    address = f"{HOME}figures/form/6-4/"
    analyst.post(address, {"segment": "all", f"{FIRST}.numerator": "abc"})
    assert 'value="abc"' in analyst.get(address).content.decode()
    analyst.post(address, {"segment": "all", "do": "forget"})
    assert 'value="abc"' not in analyst.get(address).content.decode()


@pytest.mark.parametrize("period", ["99", "5-5", "5-", "x", "²"])
def test_a_period_that_there_is_not_is_refused(analyst, period):
    answer = send(analyst, period, "f.csv", b"indicator,numerator,denominator\n")
    assert answer.status_code == 422 and "choose a period from the list" in text_of(answer)
    assert analyst.get(f"{HOME}figures/table/", {"period": period}).status_code == 404
    assert analyst.get(f"{HOME}figures/form/{'5-9' if period == '²' else period}/").status_code in (404, 301)


def _measured(held, tmp_path, name, **hashes):
    from obc.domain.contract.workflow.return_lines import figures_of
    from obc.domain.contract.workflow.returns import completed
    from obc.domain.measurement.indicators.values import ValueSet
    from obc.engine.values_file import write_values
    from obc.loaders.return_file import return_in
    from returns import counts

    lines = return_in("c.csv", counts(held.contract, 7, 1))
    values = completed(held.contract, ValueSet(values=figures_of(held.contract, 7, 1, lines).values))
    own = {"contract_hash": held.contract.hash, "definitions_hash": held.contract.definitions_hash}
    path = tmp_path / name
    write_values(values.model_copy(update={**own, "records_hash": "sha256:" + "1" * 64, **hashes}), path)
    return path.read_bytes()


@pytest.mark.parametrize(
    ("hashes", "words"),
    [
        ({"contract_hash": "sha256:other"}, "figures made under another version of the contract"),
        ({"definitions_hash": "sha256:other"}, "figures measured by other definitions"),
    ],
)
def test_a_values_file_of_another_version_is_refused(held, analyst, tmp_path, hashes, words):
    for name in ("values.parquet", "values.json"):
        answer = send(analyst, "7-1", name, _measured(held, tmp_path, name, **hashes))
        assert answer.status_code == 422 and words in text_of(answer)


def test_a_values_file_that_was_changed_after_it_was_written_is_refused(held, analyst, tmp_path):
    import duckdb

    content = _measured(held, tmp_path, "values.json")
    answer = send(analyst, "7-1", "values.json", content.replace(b'"numerator": 300', b'"numerator": 301', 1))
    assert answer.status_code == 422 and "somebody changed it" in text_of(answer)
    written, changed = tmp_path / "values.parquet", tmp_path / "changed.parquet"
    written.write_bytes(_measured(held, tmp_path, "values.parquet"))
    with duckdb.connect() as connection:
        known = connection.execute("SELECT key, value FROM parquet_kv_metadata(?)", [str(written)]).fetchall()
        kept = ", ".join(f"{bytes(key).decode()}: '{bytes(value).decode()}'" for key, value in known)
        connection.execute(
            f"COPY (SELECT * REPLACE (denominator + 1 AS denominator) FROM '{written}')"
            f" TO '{changed}' (FORMAT parquet, KV_METADATA {{{kept}}})"
        )
    answer = send(analyst, "7-1", "values.parquet", changed.read_bytes())
    assert answer.status_code == 422 and "somebody changed it" in text_of(answer)


def test_a_values_file_that_fits_is_taken_in_with_its_fingerprint(held, analyst, tmp_path):
    done = send(analyst, "7-1", "values.parquet", _measured(held, tmp_path, "values.parquet"), follow=True)
    page = text_of(done)
    assert "The figures of year 7, quarter 1 are in" in page and "sha256:" + "1" * 64 in page


def test_quarters_stand_beside_their_year_and_their_sum_is_held_against_it(held, analyst):
    for quarter in (1, 2, 3, 4):
        period = f"4-{quarter}"
        sent = filled_in(_table(analyst, period), counts_for(held.contract))
        assert send(analyst, period, "q.xlsx", sent).status_code == 302
    year = filled_in(_table(analyst, "4"), counts_for(held.contract))
    minded = text_of(send(analyst, "4", "y.xlsx", year, follow=True))
    assert "300 of 400; the four quarters add up to 1200 of 1600" in minded
    listed = text_of(analyst.get(f"{HOME}submissions/"))
    assert "0 of 4" in listed and "Year 4, quarter 3" in listed


def test_downloads_hold_the_figures_and_nothing_that_runs(held, analyst):
    from obc.bootstrap import submissions

    one = next(one for one in submissions.submissions(CONTRACT) if one.id.startswith("year-5"))
    here = f"{HOME}submissions/{one.id}/"
    rows = list(csv.DictReader(io.StringIO(analyst.get(f"{here}values.csv").content.decode())))
    assert len(rows) == one.rows and rows[0]["indicator"] and rows[0]["numerator"]
    workbook = analyst.get(f"{here}values.xlsx")
    assert workbook.content.startswith(b"PK") and "attachment" in workbook.headers["Content-Disposition"]
    for text in ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1"):
        table = f'indicator,segment,provider,numerator,denominator\n{FIRST},all,"{text}",1,2\n'.encode()
        answer = send(analyst, "6-1", "t.csv", table)
        assert answer.status_code == 422 and "write the provider's code" in text_of(answer)


def test_nothing_of_a_draft_is_in_the_trail(held, analyst):
    from obc.bootstrap import auditing

    before = len(auditing.actions(CONTRACT))
    analyst.post(f"{HOME}figures/form/6-3/", {"segment": "all", f"{FIRST}.numerator": "1"})
    assert len(auditing.actions(CONTRACT)) == before
