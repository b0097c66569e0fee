"""The data-flow map: every way that data take, drawn and listed from one table, so that picture and words agree."""

from collections.abc import Iterator
from typing import NamedTuple

PLACES = {
    "source": ("Source systems", "outside"),
    "records": ("Folder of records", "compute zone"),
    "engine": ("obc measure", "compute zone"),
    "values": ("File of indicator values", "border"),
    "web": ("obc serve and its worker", "web zone"),
    "database": ("Database", "web zone"),
    "users": ("Commissioner, providers, auditor", "outside"),
    "public": ("Public", "outside"),
    "programs": ("Programs with a token", "outside"),
    "mail": ("Mail server", "outside"),
    "identity": ("Sign-in of your organisation", "outside"),
    "backup": ("Backups", "web zone"),
    "anchor": ("Anchor of the trail", "outside"),
}


class Flow(NamedTuple):
    """Data on their way: from where to where, what, of whom, and what guards them."""

    start: str
    end: str
    what: str
    whose: str
    guarded: str


FLOWS = (
    Flow("source", "records", "an extract of the columns below", "people in care", "your agreement, your pseudonyms"),
    Flow("records", "engine", "rows, read once", "people in care", "a process told neither the database nor a key"),
    Flow("engine", "values", "counts, sums, intervals, hashes", "nobody", "a closed schema without a person"),
    Flow("values", "web", "uploaded, or read back from the process", "nobody", "validated whole, or refused whole"),
    Flow("web", "database", "contracts, values, acts, accounts", "users", "append-only lines, chained by hash"),
    Flow(
        "users", "web", "figures, returns, decisions, remarks, passwords", "users", "TLS, second factor, rights by role"
    ),
    Flow("web", "users", "pages and papers", "users", "default deny; another contract is not there"),
    Flow("web", "public", "published figures", "nobody", "small numbers hidden, others rounded"),
    Flow("programs", "web", "figures in, figures out", "nobody", "tokens by contract, read or submit, rate limits"),
    Flow("web", "mail", "notices: what waits, and its address", "users", "no figure and no remark in them"),
    Flow("identity", "web", "who signs in: name, address", "users", "OpenID Connect, where set"),
    Flow("database", "backup", "every row, at one moment", "users", "file permissions; encrypt the disk"),
    Flow("database", "anchor", "head and length of each trail", "nobody", "signed, where a key is given"),
)


def data_flow_map() -> Iterator[str]:
    """The lines of the page."""
    from obc.bootstrap.compute_zone import PASSED_ON
    from obc.domain.measurement.records.tables import TABLES

    yield "Where data are, and every way they take. Thick arrows carry data of people in care, and end before the"
    yield "border: the file of indicator values. Read it with the"
    yield "[impact assessment](data-protection-impact-assessment.md).\n"
    yield "```mermaid"
    yield "flowchart LR"
    zones = list(dict.fromkeys(zone for _, zone in PLACES.values()))
    for zone in zones:
        inside = [(name, words) for name, (words, own) in PLACES.items() if own == zone]
        if zone != "outside":
            yield f'  subgraph {zone.replace(" ", "_")}["{zone}"]'
        for name, words in inside:
            yield f'    {name}["{words}"]'
        if zone != "outside":
            yield "  end"
    for flow in FLOWS:
        arrow = "==>" if flow.whose == "people in care" else "-->"
        yield f'  {flow.start} {arrow}|"{flow.what}"| {flow.end}'
    yield "```\n"
    yield "| from | to | what | personal data of | guarded by |"
    yield "|---|---|---|---|---|"
    for flow in FLOWS:
        yield f"| {PLACES[flow.start][0]} | {PLACES[flow.end][0]} | {flow.what} | {flow.whose} | {flow.guarded} |"
    yield "\n## What is read of people in care\n"
    yield "Nothing else is asked for, and a column that is not listed is not read. What each means:"
    yield "[record tables](../reference/record-tables.md).\n"
    yield "| table | columns |"
    yield "|---|---|"
    for table in TABLES:
        yield f"| {table.name} | {', '.join(column.name for column in table.columns)} |"
    yield "\n## What the process that measures is told\n"
    yield f"Its job, and of its surroundings {', '.join(f'`{name}`' for name in PASSED_ON)}: where"
    yield "programs and temporary files are. Not `DATABASE_URL`, not `OBC_SECRET_KEY`."
