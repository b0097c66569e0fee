"""Escalations: what the commands print."""

from datetime import date
from pathlib import Path
from typing import Any

from obc.bootstrap import managing
from obc.cli import output
from obc.cli.acting import Acting
from obc.domain.core.kernel.rate import spelled
from obc.domain.programme.levers.escalation import ESCALATION, Escalation
from obc.reports.wording import day, listed


def show(programme: str, trail: Path | None, on: date, as_json: bool) -> None:
    """Print every escalation with its clock, causes and what may be done next."""
    held = managing.levers_book(programme, trail).escalations.records
    if as_json:
        output.as_json({"programme": programme, "on": on, "escalations": [_json(one, on) for one in held]})
        return
    if not held:
        print("No escalation has been opened.")
    for i, one in enumerate(held):
        print("\n" * bool(i), end="")
        _say(one, on)


def open_(who: Acting, contract: str, file: Path, as_json: bool) -> None:
    """Open an escalation, and print it."""
    doing = managing.doing(who.programme, who.trail, who.by, who.at, who.why)
    levers, book = managing.managed(who.programme, contract, who.trail)
    _done(managing.open_escalation(levers, book, file, doing), who.at.date(), as_json)


def move(who: Acting, name: str, verb: str, evidence: str | None, as_json: bool) -> None:
    """Take an escalation on, and print it."""
    doing = managing.doing(who.programme, who.trail, who.by, who.at, who.why)
    levers = managing.levers_book(who.programme, who.trail)
    _done(levers.move(name, verb, evidence, doing), who.at.date(), as_json)


def analyse(who: Acting, name: str, file: Path, as_json: bool) -> None:
    """Put the causes on file, and print the escalation."""
    doing = managing.doing(who.programme, who.trail, who.by, who.at, who.why)
    levers = managing.levers_book(who.programme, who.trail)
    _done(managing.analyse(levers, name, file, doing), who.at.date(), as_json)


def agree(who: Acting, name: str, contract: str, as_json: bool) -> None:
    """Agree to the causes, and print the escalation."""
    doing = managing.doing(who.programme, who.trail, who.by, who.at, who.why)
    levers, book = managing.managed(who.programme, contract, who.trail)
    _done(levers.agree_causes(name, book.contract, doing), who.at.date(), as_json)


def withhold(who: Acting, name: str, contract: str, share: str, evidence: str | None, as_json: bool) -> None:
    """Withhold a share, and print the escalation."""
    doing = managing.doing(who.programme, who.trail, who.by, who.at, who.why)
    levers, book = managing.managed(who.programme, contract, who.trail)
    _done(managing.withhold(levers, book, name, share, evidence, doing), who.at.date(), as_json)


def circumstances(
    programme: str, trail: Path | None, contract: str, also: Path | None, out: Path | None, as_json: bool
) -> None:
    """Print or write what a settlement must know."""
    levers, book = managing.managed(programme, contract, trail)
    if out:
        managing.write_circumstances(levers, book, out, also)
    if as_json:
        found = managing.circumstances(levers, book, also).model_dump(mode="json", by_alias=False)
        output.as_json({"contract": book.contract.id, **found, "written": [str(out)] if out else []})
    elif out:
        print(f"Wrote {out}. Settle with: obc settle {contract} --values FILE --circumstances {out}")
    else:
        print(
            managing.circumstances_text(levers, book, also) or "# nothing is withheld, and nothing was reviewed\n",
            end="",
        )


def _done(one: Escalation, on: date, as_json: bool) -> None:
    if as_json:
        output.as_json({"escalation": _json(one, on)})
    else:
        _say(one, on)


def _say(one: Escalation, on: date) -> None:
    print(f"{one.breach.strip()}\n{one.id}: {one.state}, about {one.about} of {one.party}, year {one.year}")
    clock = f", until {day(one.due)}{' (run out)' if one.late(on) else ''}" if one.due else ""
    print(f"  since {day(one.since)}{clock}; opened by {one.opened_by} on {day(one.opened)}")
    for seen in one.evidence:
        print(f"  {day(seen.on)} {seen.by}: {seen.what}")
    if one.analysis:
        for cause in one.analysis.causes:
            print(f"  cause, {spelled(cause.part * 100)} %, lies with {cause.lies_with}: {cause.what}")
        agreed = [consent.party for consent in one.analysis.agreed]
        print(f"  the causes are agreed by {listed(agreed) if agreed else 'nobody yet'}")
    if one.withheld:
        print(f"  withheld: {spelled(one.withheld.share * 100)} % of year {one.withheld.year}{_end(one)}")
    if one.open:
        print(f"  next: {'; '.join(_ways(one))}")


def _end(one: Escalation) -> str:
    held = one.withheld
    if held and held.released:
        return f", released on {day(held.released)}"
    return f", retained on {day(held.retained)}" if held and held.retained else ""


def _ways(one: Escalation) -> list[str]:
    moves = ESCALATION.moves.get(one.state, {})
    return [f"{verb} ({' or '.join(move.by)})" for verb, move in moves.items()]


def _json(one: Escalation, on: date) -> dict[str, Any]:
    content = one.model_dump(mode="json", by_alias=False)
    return {**content, "late": one.late(on), "verbs": list(ESCALATION.verbs(one.state))}
