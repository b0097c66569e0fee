"""Changes of a contract: what the commands print."""

from datetime import date
from pathlib import Path
from typing import Any

from obc.bootstrap import managing
from obc.cli import output
from obc.cli.acting import Acting
from obc.domain.contract.variations.proposal import Proposal
from obc.reports.wording import day, listed
from obc.services.change_book import ChangeBook


def show(contract: str, programme: str, trail: Path | None, on: date, as_json: bool) -> None:
    """Print every change of a contract, with what it changes in plain words."""
    book = managing.change_book(contract, programme, trail)
    proposals = book.proposals.records
    if as_json:
        output.as_json({"contract": book.contract.id, "on": on, "changes": [_json(book, one, on) for one in proposals]})
        return
    if not proposals:
        print("No change has been proposed.")
    for i, one in enumerate(proposals):
        print("\n" * bool(i), end="")
        _say(book, one, on)


def propose(who: Acting, contract: str, file: Path, as_json: bool) -> None:
    """Propose the change in a file, and print it."""
    doing = managing.doing(who.programme, who.trail, who.by, who.at, who.why)
    book = managing.change_book(contract, who.programme, who.trail)
    _done(book, managing.propose(book, file, doing), who.at.date(), as_json)


def turn(who: Acting, contract: str, change: str, how: str, as_json: bool) -> None:
    """Agree, refuse, withdraw or take effect, and print the change."""
    doing = managing.doing(who.programme, who.trail, who.by, who.at, who.why)
    book = managing.change_book(contract, who.programme, who.trail)
    turns = {
        "agree": book.agree,
        "refuse": book.refuse,
        "withdraw": book.withdraw,
        "take_effect": book.take_effect,
    }
    _done(book, turns[how](change, doing), who.at.date(), as_json)


def _done(book: ChangeBook, one: Proposal, on: date, as_json: bool) -> None:
    if as_json:
        output.as_json({"contract": book.contract.id, "change": _json(book, one, on)})
    else:
        _say(book, one, on)


def _say(book: ChangeBook, one: Proposal, on: date) -> None:
    print(f"{one.title}\n{one.id}: {one.state}, proposed by {one.proposed_by} on {day(one.proposed)}")
    print(f"  why: {one.because.strip()}")
    print(f"  takes effect on {day(one.effective)}")
    found = book.differences(one) if one.state in ("proposed", "agreed", "effective") else ()
    for difference in found:
        print(f"  changes {difference.sentence}")
    if one.state in ("proposed", "agreed") and not found:
        print("  the folder reads so already")
    for consent in one.agreed:
        print(f"  agreed by {consent.party} ({consent.by}) on {day(consent.on)}")
    if one.refused:
        print(f"  refused by {one.refused.party} ({one.refused.by}) on {day(one.refused.on)}")
    if one.waits_for:
        clock = f", answer due by {day(one.answer_by)}{' and late' if one.late(on) else ''}" if one.answer_by else ""
        print(f"  waits for {listed(one.waits_for)}{clock}")
    if one.state == "agreed":
        print("Write into contract.yaml, and change the places above:\n")
        print(managing.variation_text(one), end="")


def _json(book: ChangeBook, one: Proposal, on: date) -> dict[str, Any]:
    found = book.differences(one) if one.state in ("proposed", "agreed", "effective") else ()
    return {
        **one.model_dump(mode="json", by_alias=False),
        "waits_for": list(one.waits_for),
        "late": one.late(on),
        "differences": [{**one.model_dump(mode="json"), "sentence": one.sentence} for one in found],
    }
