"""A contract beside its money: what the commands print."""

from datetime import date
from pathlib import Path
from typing import get_args

from obc.bootstrap import managing
from obc.cli import output
from obc.cli.acting import Acting
from obc.domain.core.kernel.problem import refusal
from obc.reports.wording import day, plural
from obc.services.contract_book import ContractBook, Part
from obc.services.register import Doing


def schedules(contract: str, programme: str | None, trail: Path | None, on: date, as_json: bool) -> None:
    """Print vision, quality expectations and the other schedules."""
    book = managing.contract_book(contract, programme, trail)
    expectations, terms = book.expectations(on), book.contract.schedules
    vision = book.contract.quality.vision if book.contract.quality else None
    if as_json:
        output.as_json(
            {
                "contract": book.contract.id,
                "on": on,
                "vision": vision.model_dump(mode="json", by_alias=False) if vision else None,
                "expectations": [one.model_dump(mode="json", by_alias=False) for one in expectations],
                "schedules": terms.model_dump(mode="json", by_alias=False) if terms else None,
            }
        )
        return
    if vision:
        print(f"By {vision.by}: {vision.end_state.strip()}\n")
    if expectations:
        print("Quality expectations")
        rows = [
            (one.terms.id, one.terms.owner, one.state, "overdue" if one.overdue else one.next_review)
            for one in expectations
        ]
        output.table(("Expectation", "Owner", "State", "Next review"), rows)
    else:
        print("No quality schedule: write quality.yaml.")
    if terms is None:
        print("No other schedules: write schedules.yaml.")
        return
    print("\nInformation")
    rows = [
        (one.id, one.from_, ", ".join(one.to), one.every, f"{one.within} working days") for one in terms.information
    ]
    output.table(("What", "From", "To", "Every", "Within"), rows)
    print(f"\nPassed on to every material subcontract: {', '.join(one.id for one in terms.passed_on) or 'nothing'}")
    print(f"Guarantees: {', '.join(one.id for one in terms.guarantees) or 'none'}")
    if terms.changes:
        print(f"Changes: answer within {terms.changes.answer_within} working days, notice of {terms.changes.notice}.")
    steps = [f"{one.step.lower()} ({one.within} working days)" for one in terms.disputes]
    print(f"Disputes: {', then '.join(steps) or 'nothing is said'}")


def transition(contract: str, programme: str | None, trail: Path | None, on: date, as_json: bool) -> None:
    """Print the register of today's contracts."""
    book = managing.contract_book(contract, programme, trail)
    passages = book.going_over(on)
    amendments = book.transition.amendments
    carrying = [one.id for one in passages if one.state == "carried"]
    renewing = [one for one in passages if one.amendment]
    if as_json:
        output.as_json(
            {
                "contract": book.contract.id,
                "on": on,
                "contracts": [one.model_dump(mode="json") for one in passages],
                "amendments": [one.model_dump(mode="json", by_alias=False) for one in amendments],
                "carrying": carrying,
                "notice_late": [one.id for one in passages if one.notice_late],
            }
        )
        return
    if not passages:
        print("Nothing goes over: write transition.yaml, with the contracts of today in finance.yaml.")
        return
    rows = [
        (
            one.id,
            one.provider,
            one.ends,
            one.notice_given or ("late" if one.notice_late else "not needed" if _stays(one.becomes) else "not yet"),
            one.becomes,
            f"{one.amendment}: {one.state}" if one.amendment else "",
            str(one.staff or ""),
        )
        for one in passages
    ]
    output.table(("Contract", "Held by", "Ends", "Notice", "Becomes", "Amendment", "Staff"), rows, "llllllr")
    print(f"\n{len(carrying)} of {plural(len(renewing), 'contract')} that renew carry the staged amendment.")
    late = [f"{one.id} (by {day(one.notice_by)})" for one in passages if one.notice_late]
    print(f"Notice that is late on {day(on)}: {', '.join(late) or 'none'}")


def _stays(becomes: str) -> bool:
    return becomes == "stays outside"


def readiness(contract: str, programme: str | None, trail: Path | None, on: date, as_json: bool) -> None:
    """Print whether a contract may go live."""
    book = managing.contract_book(contract, programme, trail)
    found = book.readiness(on)
    if as_json:
        preparations = [one.model_dump(mode="json", by_alias=False) for one in book.mobilisation.records]
        output.as_json({"contract": book.contract.id, **found.model_dump(mode="json"), "mobilisation": preparations})
        return
    rows = [(one.id, one.shown_by, one.state, ", ".join(one.waits_for)) for one in found.conditions]
    output.table(("Condition precedent", "Shown by", "State", "Waits for"), rows)
    if book.mobilisation.records:
        print("\nMobilisation")
        late = set(found.late)
        steps = [
            (one.id, one.owner, one.due, "late" if one.id in late else one.state) for one in book.mobilisation.records
        ]
        output.table(("Preparation", "Owner", "Due", "State"), steps)
    if found.live_since:
        print(f"\nLive since {day(found.live_since)}.")
    elif found.ready:
        print("\nReady to go live.")
    else:
        missing = len(found.conditions) - found.holding
        print(f"\nNot ready: {missing} of {plural(len(found.conditions), 'condition')} open on {day(on)}.")


def document(contract: str, programme: str | None, trail: Path | None, on: date, out: Path, as_json: bool) -> None:
    """Write the contract as a document and say where."""
    paths = managing.write_contract(contract, programme, trail, on, out)
    if as_json:
        output.as_json({"written": [str(path) for path in paths]})
    else:
        print("Wrote " + ", ".join(str(path) for path in paths))


def act(who: Acting, contract: str, part: str, record: str, verb: str, evidence: str | None, as_json: bool) -> None:
    """Act on one record of a contract, and print it."""
    book, doing = _acting(who, contract)
    known: Part = next(one for one in get_args(Part) if one == part)
    held = managing.act(book, known, record, verb, evidence, doing)
    content = held.model_dump(mode="json", by_alias=False)
    if as_json:
        output.as_json({part: content})
    else:
        print(f"{part} '{record}': {content['state']}{f'. Evidence: {evidence}' if evidence else ''}")


def go_live(who: Acting, contract: str, as_json: bool) -> None:
    """Let a contract go live, and print since when it is."""
    book, doing = _acting(who, contract)
    live = book.go_live(doing)
    if as_json:
        output.as_json({"contract": live.id, "live_since": live.on})
    else:
        print(f"{book.contract.agreement.title}: live since {day(live.on)}.")


def _acting(who: Acting, contract: str) -> tuple[ContractBook, Doing]:
    doing = managing.doing(who.programme, who.trail, who.by, who.at, who.why)
    book = managing.contract_book(contract, who.programme, who.trail)
    if book.contract.agreement.parties.from_values:
        raise refusal(contract, "parties", "parties that come from the values", "name the providers in contract.yaml")
    return book, doing
