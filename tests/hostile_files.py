"""Files that somebody sends to do harm, or by mistake: each with what the refusal must say."""

import io
import zipfile
from collections.abc import Callable, Iterator

import duckdb
import xlsxwriter

HEADINGS = ("indicator", "segment", "numerator", "denominator")


def workbook(*rows: tuple[object, ...]) -> bytes:
    """A workbook with one sheet."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Figures")
        for y, row in enumerate((HEADINGS, *rows)):
            for x, cell in enumerate(row):
                sheet.write(y, x, cell)
    return out.getvalue()


def repacked(content: bytes, changed: Callable[[str, bytes], bytes | None], **added: bytes) -> bytes:
    """A workbook with its parts changed (None: left out) and others added (`__` in a name is a `/`)."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as packed, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for one in packed.infolist():
            part = changed(one.filename, packed.read(one))
            if part is not None:
                made.writestr(one.filename, part)
        for name, part in added.items():
            made.writestr(name.replace("__", "/"), part)
    return out.getvalue()


def as_it_is(name: str, part: bytes) -> bytes:
    return part


FINE = workbook(("first", "all", 1, 2))


def _sheet(old: bytes, new: bytes) -> bytes:
    return repacked(FINE, lambda name, part: part.replace(old, new) if "sheet1" in name else part)


def _bomb_of_zeros() -> bytes:
    return repacked(FINE, as_it_is, xl__media__image1=b"\0" * 20_000_000)


def _lying_about_its_size() -> bytes:
    content = bytearray(repacked(FINE, as_it_is, xl__extra=b"A" * 5_000_000))
    for place in _all(bytes(content), (5_000_000).to_bytes(4, "little")):
        content[place : place + 4] = (5_000).to_bytes(4, "little")
    return bytes(content)


def _all(content: bytes, part: bytes) -> Iterator[int]:
    place = content.find(part)
    while place >= 0:
        yield place
        place = content.find(part, place + 1)


def _named(name: str) -> bytes:
    out = io.BytesIO(FINE)
    with zipfile.ZipFile(out, "a") as made:
        made.writestr(name, b"x")
    return out.getvalue()


def _far_cell() -> bytes:
    return _sheet(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')


def _parquet(sql: str) -> bytes:
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as place, duckdb.connect(config={"threads": 1}) as connection:
        path = Path(place) / "made.parquet"
        connection.execute(f"COPY ({sql}) TO '{path}' (FORMAT parquet, COMPRESSION zstd)")
        return path.read_bytes()


WORKBOOKS: dict[str, tuple[Callable[[], bytes], str]] = {
    "a zip bomb": (_bomb_of_zeros, "unpacks to a great many times its size"),
    "a bomb that lies about its size": (_lying_about_its_size, "no workbook that can be opened"),
    "a nested archive": (lambda: repacked(FINE, as_it_is, xl__media__a=FINE), "another packed file in it"),
    "a path that leads elsewhere": (lambda: _named("../../etc/passwd"), "which points elsewhere"),
    "an absolute path": (lambda: _named("/etc/passwd"), "which points elsewhere"),
    "a path of Windows": (lambda: _named("..\\..\\boot.ini"), "which points elsewhere"),
    "a macro": (lambda: _named("xl/vbaProject.bin"), "a macro or an embedded object"),
    "an embedded object": (lambda: _named("xl/embeddings/oleObject1.bin"), "a macro or an embedded object"),
    "a link to another workbook": (lambda: _named("xl/externalLinks/externalLink1.xml"), "a macro or an embedded"),
    "a content type of macros": (
        lambda: repacked(FINE, lambda n, p: p.replace(b"sheet.main", b"sheet.macroEnabled.main")),
        "a workbook with macros",
    ),
    "a formula": (lambda: workbook(("first", "all", "=1+1", 2)), "cell C2 a formula"),
    "a formula that calls out": (
        lambda: workbook(("first", "all", 1, '=WEBSERVICE("http://example.org")')),
        "cell D2 a formula",
    ),
    "ten thousand columns": (lambda: workbook(tuple(range(10_000))), "column 10,000"),
    "one cell far away": (_far_cell, "cells as far as row 1,048,576, column 16,384"),
    "too many rows": (lambda: workbook(*((n,) for n in range(20_001))), "row 20,002"),
    "entities that multiply": (
        lambda: _sheet(b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet'),
        "declarations that no workbook has",
    ),
    "a sheet in another encoding": (
        lambda: repacked(FINE, lambda n, p: p.decode().encode("utf-16") if "sheet1" in n else p),
        "declarations that no workbook has",
    ),
    "a sheet that breaks off": (lambda: _sheet(b"</sheetData>", b""), "a sheet that cannot be read"),
    "a ZIP that is no workbook": (lambda: repacked(FINE, lambda n, p: None, readme=b"hello"), "that is no workbook"),
    "half a file": (lambda: FINE[: len(FINE) // 2], "no workbook that can be opened"),
    "a PDF by another name": (lambda: b"%PDF-1.4 not a workbook", "whatever its ending says"),
}

OTHERS: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "text in another encoding": ("f.csv", lambda: "indicator,numerator\ncafé,1\n".encode("cp1252"), "not UTF-8"),
    "text of two bytes a letter": ("f.csv", lambda: "indicator,numerator\n".encode("utf-16"), "not UTF-8"),
    "a workbook called CSV": ("f.csv", lambda: FINE, "whatever its ending says"),
    "nothing": ("f.csv", lambda: b"", "nothing in it"),
    "ten thousand columns of text": ("f.csv", lambda: b"indicator," * 10_000 + b"\n", "a line of 10,001 cells"),
    "a cell of a megabyte": ("f.csv", lambda: b"indicator,numerator\n" + b"a" * 1_000_000, "no CSV"),
    "an open quotation": ("f.csv", lambda: b'indicator,numerator\n"first,1\n', "no CSV"),
    "columns of people": ("f.csv", lambda: b"indicator,NHS number\n", "details of people"),
    "another ending": ("f.exe", lambda: b"MZ", "the ending '.exe'"),
    "no ending": ("figures", lambda: b"indicator", "the ending ''"),
    "JSON that nests for ever": ("f.json", lambda: b"[" * 200_000, "no JSON that can be read"),
    "JSON with an endless number": (
        "f.json",
        lambda: b'{"values": [{"numerator": ' + b"9" * 9_999 + b"}]}",
        "ValueError",
    ),
    "JSON of something else": ("f.json", lambda: b'{"values": {"a": 1}}', "no list of values"),
    "JSON with a boundless count": (
        "f.json",
        lambda: (
            b'{"values": [{"indicator": "first", "period_start": "2019-04-01", "period_end": "2020-03-31",'
            b' "numerator": "1e999999", "denominator": "1e999999"}]}'
        ),
        "a number beyond all counts",
    ),
    "a text called Parquet": ("f.parquet", lambda: b"indicator,segment", "no Parquet"),
    "two bytes called Parquet": ("f.parquet", lambda: b"PA", "no Parquet"),
    "Parquet with its middle torn out": ("f.parquet", lambda: b"PAR1" + b"\0" * 100 + b"PAR1", "cannot be read"),
    "Parquet of other columns": ("f.parquet", lambda: _parquet("SELECT 1 AS person_id"), "columns that no value has"),
    "Parquet of ten million rows": (
        "f.parquet",
        lambda: _parquet("SELECT 'first' AS indicator FROM range(10000000)"),
        "10,000,000 rows",
    ),
    "Parquet with a text of megabytes": (
        "f.parquet",
        lambda: _parquet("SELECT repeat('a', 3000000) AS indicator"),
        "texts far longer than any name",
    ),
}
