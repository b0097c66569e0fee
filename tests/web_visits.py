"""People at Django's own client, without a browser: for what needs no looking at."""

from datetime import UTC, datetime
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile

CONTRACT = "oxfordshire-mental-health"
HOME = f"/contracts/{CONTRACT}/"


def loaded():
    """The worked contract with one user a role."""
    from obc.bootstrap import demonstration

    return demonstration.load(CONTRACT, datetime(2016, 4, 1, tzinfo=UTC))


def signed_in(user: str | None, **more):
    """A client of Django's own, signed in as somebody; None is a stranger. `more`: what the client takes."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    client = Client(SERVER_NAME="localhost", **more)
    if user is not None:
        client.force_login(get_user_model().objects.get(username=user), "django.contrib.auth.backends.ModelBackend")
    return client


def send(client, period: str, name: str, content: bytes, follow: bool = False):
    """Send a file of figures for a period."""
    file = SimpleUploadedFile(name, content)
    return client.post(f"{HOME}figures/new/", {"period": period, "file": file}, follow=follow)


def text_of(answer) -> str:
    """What a page says, its markup taken off."""
    import html
    import re

    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", " ", answer.content.decode())))


def filled_in(table: bytes, fill) -> bytes:
    """The table that was downloaded, filled in: `fill(row)` gives the counts of a row, by column."""
    import xlsxwriter
    from python_calamine import CalamineWorkbook

    out = BytesIO()
    with (
        CalamineWorkbook.from_filelike(BytesIO(table)) as book,
        xlsxwriter.Workbook(out, {"in_memory": True}) as made,
    ):
        for name in book.sheet_names:
            sheet = made.add_worksheet(name)
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            headings = rows[0]
            for y, row in enumerate(rows):
                counts = fill(dict(zip(headings, row, strict=False))) if name == "Figures" and y else {}
                for x, cell in enumerate(row):
                    given = counts.get(headings[x]) if counts else None
                    if given is not None:
                        sheet.write(y, x, given)
                    elif cell != "":
                        sheet.write_string(y, x, str(cell))
    return out.getvalue()


def counts_for(contract):
    """What `filled_in` takes: sensible counts for every indicator."""
    measures = {one.id: one.measure for one in contract.definitions}

    def fill(row):
        size = 4 if row["segment"] == "all" else 1
        top, under = 75 * size, 100 * size
        squares = top * 2 if measures[row["indicator"]] == "mean" else None
        return {"numerator": top, "denominator": under, "sum of squares": squares}

    return fill
