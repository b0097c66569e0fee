"""The folder that a settlement leaves behind: complete, linked, harmless, and the same each time."""

import csv
import io
from pathlib import Path
from urllib.parse import unquote

import pytest

from html_reading import ReadPage
from obc.reports.index import write_index
from obc.reports.ledger import write_ledger
from obc.reports.pictures import write_charts
from obc.reports.scorecard import write_scorecard
from obc.reports.statement import write_statement
from report_samples import NASTY, NHS, contract, statement, values


def write(folder: Path) -> list[Path]:
    given, held, found = statement(), contract(), values().values
    paths = [*write_statement(given, held, folder), *write_ledger(given, held, folder)]
    for account in given.settlements:
        paths += write_scorecard(account.scorecard, held, account.values, folder)
    paths += write_charts(given, held, found, folder)
    (folder / "statement.json").write_bytes(given.document)
    return [*paths, *write_index(given, held, folder)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    place = tmp_path_factory.mktemp("results")
    paths = write(place)
    assert sorted(paths) == sorted(
        path for path in place.rglob("*") if path.is_file() and path.name != "statement.json"
    )
    return place


def test_everything_is_there(folder):
    names = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert names >= {
        "index.html",
        "statement.html",
        "statement.pdf",
        "ledger.csv",
        "ledger.xlsx",
        "charts.html",
        "scorecard-year-1.html",
        "scorecard-year-2.pdf",
        "scorecard-year-2.xlsx",
        "scorecard-year-2.csv",
        "charts/pot-year-1-alliance.svg",
        "charts/flow-year-2-alliance.png",
        "charts/points-year-2-alliance.csv",
        "charts/indicator-deaths.svg",
    }
    assert not any(name.startswith(".") for name in names)


def test_every_link_of_the_index_leads_somewhere(folder):
    links = [tag.attributes["href"] for tag in ReadPage((folder / "index.html").read_bytes()).named("a")]
    files = [link for link in links if not link.startswith("#")]
    assert {"statement.html", "statement.json", "ledger.xlsx", "charts.html"} <= set(files)
    for link in files:
        assert (folder / unquote(link)).exists(), link


def test_no_page_runs_or_fetches_anything(folder):
    for path in folder.glob("*.html"):
        read = ReadPage(path.read_bytes())
        assert not read.named("script"), path
        for tag in read.tags:
            for name, value in tag.attributes.items():
                assert not name.startswith("on"), path
                if name in ("src", "href", "action", "data"):
                    assert "//" not in value, path


def test_all_ids_of_the_page_of_charts_are_different(folder):
    ids = [
        tag.attributes["id"] for tag in ReadPage((folder / "charts.html").read_bytes()).tags if "id" in tag.attributes
    ]
    assert len(ids) == len(set(ids))


def test_the_ledger_of_programs_is_that_of_the_statement(folder):
    rows = list(csv.DictReader(io.StringIO((folder / "ledger.csv").read_bytes().decode())))
    entries = [entry for account in statement().settlements for entry in account.entries]
    assert len(rows) == len(entries)
    for row, entry in zip(rows, entries, strict=True):
        assert (row["debit"], row["credit"], int(row["amount_minor"])) == (
            entry.debit,
            entry.credit,
            entry.amount_minor,
        )
        assert (row["reason"], row["currency"]) == (entry.reason, "GBP")


def test_a_title_that_is_a_formula_is_text_everywhere(folder):
    for path in folder.rglob("*.csv"):
        for row in csv.reader(io.StringIO(path.read_bytes().decode())):
            assert not any(cell.startswith("=") for cell in row), path
    drawn = (folder / "charts" / "points-year-2-alliance.csv").read_bytes().decode()
    assert f"'{NASTY}" in [row[0] for row in csv.reader(io.StringIO(drawn))]


def test_the_same_inputs_give_the_same_bytes(folder, tmp_path):
    write(tmp_path)
    for path in folder.rglob("*"):
        if path.is_file():
            assert path.read_bytes() == (tmp_path / path.relative_to(folder)).read_bytes(), path.name


def test_the_public_folder_shows_no_exact_count(tmp_path):
    given, held = statement(), contract()
    paths = [*write_charts(given, held, values().values, tmp_path, NHS), *write_statement(given, held, tmp_path, NHS)]
    account = given.settlements[1]
    paths += write_scorecard(account.scorecard, held, account.values, tmp_path, NHS)
    text = b"".join(path.read_bytes() for path in paths if path.suffix in (".html", ".csv", ".svg")).decode()
    assert "178 of" not in text
    assert ",178," not in text
    assert "73.0%" not in text  # 178 of 244, which would give the counts away
    assert "180 of 245" in text
    assert "suppressed" in text


def test_of_very_many_settlements_the_index_says_where_to_look(tmp_path):
    account = statement().settlements[0]
    many = tuple(account.model_copy(update={"party": f"party-{i}"}) for i in range(30))
    given = statement().model_copy(update={"settlements": many})
    charts = write_charts(given, contract(), values().values, tmp_path)
    assert not any(path.name.startswith(("pot", "flow", "points")) for path in charts)
    write_index(given, contract(), tmp_path)
    read = ReadPage((tmp_path / "index.html").read_bytes())
    assert "charts.html" in [tag.attributes["href"] for tag in read.named("a")]
    assert not read.tables


def test_a_settlement_of_which_nothing_is_known_has_no_picture_of_money(tmp_path):
    none = dict.fromkeys(("pot_minor", "earned_minor", "unearned_minor", "payable_minor"))
    account = statement().settlements[0].model_copy(update={**none, "entries": (), "scorecard": None, "earned_by": ()})
    given = statement().model_copy(update={"settlements": (account,)})
    assert [path.name for path in write_charts(given, contract(), (), tmp_path)] == ["charts.html"]
