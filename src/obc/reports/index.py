"""The index: the first page of a folder of results, which says what is in it and how to check it."""

from collections.abc import Iterator
from pathlib import Path

from obc.domain.contract.agreement.contract import Contract
from obc.domain.money.settlement.statement import Statement
from obc.reports.document import Block, Code, Document, Grid, Items, Link, Paragraph, Section, Strong, Words
from obc.reports.filing import file_all
from obc.reports.names import Names
from obc.reports.page import page
from obc.reports.scorecard import FOOT
from obc.reports.settled import Settled, settlements_table
from obc.reports.statement import MOST_IN_FULL, settled_again
from obc.reports.wording import capital

_KINDS = (
    ("statement", "Statement", "who earned what, why, and where the rest went; the .json is what the parties sign"),
    ("scorecard", "Scorecards", "outcomes, indicators, levels and points"),
    ("ledger", "Ledger", "every movement of money, double entry"),
    ("charts", "Charts", "all pictures on one page, and one by one with their numbers"),
    ("values", "Indicator values", "the figures that everything was worked out from"),
    ("open-book", "Returns", "what the parties handed in beside the values, such as open-book costs"),
    ("records", "Records", "the person-level records that were measured"),
    ("", "Also here", ""),
)
"""How the names of files begin, what such files are and what they say."""


def write_index(statement: Statement, contract: Contract, folder: Path) -> tuple[Path, ...]:
    """Write `index.html` for what stands in `folder` now: call it last. Returns its path."""
    return file_all(folder, {"index.html": page(_index(statement, contract, _found(folder)))})


def _found(folder: Path) -> list[str]:
    """The files and folders at the top, without the index itself and hidden ones."""
    names = [f"{entry.name}/" if entry.is_dir() else entry.name for entry in folder.iterdir()]
    return sorted(name for name in names if not name.startswith(".") and name != "index.html")


def _index(statement: Statement, contract: Contract, found: list[str]) -> Document:
    settled = [Settled(account, Names(contract)) for account in statement.settlements]
    blocks: list[Block] = []
    if len(settled) <= MOST_IN_FULL:
        blocks += [Paragraph((Strong(one.headline), " ", one.unearned_sentence), lead=True) for one in settled]
        blocks.append(Grid(settlements_table(settled, "What each party earned, year by year")))
    blocks.append(Section("What is here", "files", (Items(tuple(_entries(found))),)))
    blocks.append(Section("How it came about", "flow", (Items(_FLOW, ordered=True),)))
    checks: tuple[Words, ...] = (
        ("In this folder, run ", Code("obc verify statement.json"), "."),
        ("Settle again and compare: ", Code(settled_again(statement)), "."),
    )
    blocks.append(Section("How to check it", "verify", (Items(checks, ordered=True),)))
    return Document(statement.contract_title, "Results", tuple(blocks), FOOT)


_FLOW: tuple[Words, ...] = (
    (Strong("Records. "), "Who was referred, seen, diagnosed, housed, employed, and when. People appear here only."),
    (Strong("Indicator values. "), "How many of how many, with a 95% interval; what is not known is counted apart."),
    (Strong("Scorecard. "), "Each value against the levels that the contract agreed: good, improved, excellent."),
    (Strong("Settlement. "), "Points become pounds by the contract's payment mechanism, to the penny."),
    (Strong("Statement. "), "All of it in one signed document, in which every pound leads back to the people counted."),
)


def _entries(found: list[str]) -> Iterator[Words]:
    """One line a kind of file, the kinds in the order in which they are read."""
    left = list(found)
    for start, title, meaning in _KINDS:
        names = [name for name in left if name.startswith(start)]
        left = [name for name in left if name not in names]
        if names:
            links = [piece for name in names for piece in (", ", Link(name, name))]
            yield (Strong(f"{title}: "), *links[1:], f". {capital(meaning)}." if meaning else "")
