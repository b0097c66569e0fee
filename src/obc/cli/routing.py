"""The route to contract: what it asks, and what it prints."""

import sys
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

import typer

from obc.bootstrap import procuring
from obc.cli import output
from obc.cli.acting import Acting
from obc.cli.commands.route import Complexity, Integration, Lead, Market
from obc.domain.core.kernel.problem import refusal
from obc.domain.programme.procurement.advice import (
    COMPLEXITY_WORDS,
    INTEGRATION_WORDS,
    MARKET_WORDS,
    Advice,
)
from obc.domain.programme.procurement.law import LegalFacts, Reading
from obc.domain.programme.procurement.local_variation import Shown, missing
from obc.domain.programme.procurement.route_choice import ROUTE, Activity
from obc.domain.programme.procurement.route_standing import RouteStanding
from obc.domain.programme.procurement.structures import Facts
from obc.services.register import Doing
from obc.services.route import RouteBook

WORDS = {"market": MARKET_WORDS, "complexity": COMPLEXITY_WORDS, "integration": INTEGRATION_WORDS}
OPTIONS = {"market": Market, "complexity": Complexity, "integration": Integration}

E = TypeVar("E", bound=StrEnum)


def of_facts(
    market: Market | None,
    complexity: Complexity | None,
    integration: Integration | None,
    lead: Lead | None,
    as_json: bool,
) -> None:
    """Advice on facts given by options, or asked for in a terminal."""
    given: dict[str, StrEnum | None] = {"market": market, "complexity": complexity, "integration": integration}
    lacking = [f"--{name}" for name, value in given.items() if value is None]
    if lacking and (as_json or not sys.stdin.isatty()):
        raise typer.BadParameter(f"give {', '.join(lacking)}, or run it in a terminal and be asked")
    facts = {name: (value or _asked(name)).value for name, value in given.items()}
    made = _advise(facts, lead)
    if made.open_question and lead is None and not as_json and sys.stdin.isatty():
        said = typer.prompt(f"\n{made.open_question} (yes, no, not known)", default="not known")
        made = _advise(facts, {"yes": Lead.ABLE, "no": Lead.NOT_ABLE}.get(said.strip().lower(), Lead.UNKNOWN))
    if as_json:
        output.as_json(made.model_dump(mode="json", by_alias=False))
    else:
        show_advice(made)


def _advise(facts: dict[str, str], lead: Lead | None) -> Advice:
    word = (lead or Lead.UNKNOWN).value.replace("-", " ")
    return procuring.advice(Facts.model_validate(facts), word)  # type: ignore[arg-type]


def _asked(name: str) -> StrEnum:
    """One fact, asked for with what each answer means."""
    known = list(OPTIONS[name])
    print(f"\n{name.capitalize()}:")
    for i, one in enumerate(known, 1):
        print(f"  {i}  {WORDS[name][one.value]}")
    number = typer.prompt("Which", type=int)
    while not 1 <= number <= len(known):
        number = typer.prompt(f"A number from 1 to {len(known)}", type=int)
    return known[number - 1]


def show_advice(made: Advice) -> None:
    """The structures, how each is sourced, why, and what another fact would give."""
    print(made.says)
    for option in made.options:
        mark = "  (recommended)" if option.id == made.recommended else ""
        print(f"\n{option.structure[0].upper()}{option.structure[1:]}{mark}")
        print(f"  sourced by: {option.sourcing}")
        for sign, lines in (("+", option.pros), ("−", [f"{con.says}. {con.mitigation}" for con in option.cons])):
            for line in lines:
                print(f"  {sign} {line}")
        if not option.pros and not option.cons:
            print("  the source gives no pros and cons for it")
    if made.covered:
        print(f"\nWhy: {made.because}.")
    if made.open_question:
        print(f"Open: {made.open_question} (--lead able|not-able)")
    print("\nWhat would change the answer")
    for one in made.if_changed:
        print(f"  {f'{one.fact} {one.would_be}':<24}{_would(one)}")
    print(f"\nSource: {made.source}.")


def _would(one: Any) -> str:
    if not one.covered:
        return "nothing: not in the table"
    return "the same" if one.same else " or ".join(one.options)


def law(services: str, on: date, facts: Sequence[str], as_json: bool) -> None:
    """Print which rules govern facts given by options."""
    answers = {}
    for fact in facts:
        name, _, answer = fact.partition("=")
        if answer not in ("yes", "no"):
            raise typer.BadParameter(f"'{fact}': write --fact existing-provider=yes")
        answers[name] = answer
    reading = procuring.law(LegalFacts.model_validate({"services": services, "begins": on, "answers": answers}))
    if as_json:
        output.as_json(reading.model_dump(mode="json", by_alias=False))
    else:
        show_law(reading)


def show_law(reading: Reading) -> None:
    """The rules, then each process with why it stands so, and what needs legal advice."""
    print(f"{reading.title}" + (f" ({reading.instrument})" if reading.instrument else ""))
    print(f"  {reading.minds}")
    for one in reading.processes:
        print(f"\n{one.title}: {one.stands}  [{one.regulation}]")
        for reason in one.reasons:
            print(f"  {reason}")
        for advice in one.advice:
            print(f"  ! {advice}")
        if one.stands != "closed":
            for notice in one.notices:
                print(f"  publish: {notice.what}, {notice.when} ({notice.regulation})")
            if one.standstill:
                print(f"  standstill: {one.standstill}")
    for threshold in reading.thresholds:
        print(f"\nThreshold, {threshold.for_}: £{int(threshold.value):,} with VAT ({threshold.source})")
    print(f"\nRead on {reading.read_on:%-d %B %Y}. A guide to the questions, no legal advice.")


def of_programme(name: str, trail: Path | None, on: date | None, out: Path | None, as_json: bool) -> None:
    """Print everything about a programme's route; write its documents where `out` says."""
    standing = procuring.route_book(name, trail).standing(on)
    written = procuring.write_route(standing, out) if out else ()
    if as_json:
        output.as_json(_as_json(standing) | {"written": [str(path) for path in written]})
        return
    show_advice(standing.advice)
    print("\nThe law")
    show_law(standing.law)
    route = standing.route
    print(f"\nThe route is {route.state}" + (f", under '{route.process}'." if route.process else "."))
    allowed = ROUTE.verbs(route.state)
    if allowed:
        print(f"  it allows: {', '.join(allowed)}")
    for one in standing.activities:
        print(f"  {one.on}  {one.kind}: {one.what}")
    open_ = missing(standing.headings, standing.variation)
    done = len(standing.headings.headings) - len(open_)
    print(f"\nLocal variation is {standing.variation.state}: {done} of {len(standing.headings.headings)} headings.")
    for heading in open_:
        print(f"  open: {heading.title}. {heading.asks}")
    if written:
        print(f"\nWrote {', '.join(str(path) for path in written)}")


def _as_json(standing: RouteStanding) -> dict[str, Any]:
    return standing.advice.model_dump(mode="json", by_alias=False) | {
        "law": standing.law.model_dump(mode="json", by_alias=False),
        "route": standing.route.model_dump(mode="json", by_alias=False)
        | {"allows": list(ROUTE.verbs(standing.route.state))},
        "activities": [one.model_dump(mode="json", by_alias=False) for one in standing.activities],
        "local_variation": standing.variation.model_dump(mode="json", by_alias=False)
        | {"open": [one.id for one in missing(standing.headings, standing.variation)]},
        "routes": [route.model_dump(mode="json", by_alias=False) for route in standing.routes.routes],
    }


def _opened(acting: Acting) -> tuple[RouteBook, Doing]:
    """The book that is acted on, and who does what to it. Raises `Problems`."""
    doing = procuring.doing(acting.programme, acting.trail, acting.by, acting.at, acting.why)
    return procuring.route_book(acting.programme, acting.trail), doing


def step(acting: Acting, verb: str, process: str | None, advice: str | None) -> None:
    """Take the route a step on."""
    book, doing = _opened(acting)
    after = book.step(verb, doing, process, advice)
    _said(after, f"The route is now {after.state}.", acting.as_json)


def activity(acting: Acting, name: str, kind: str, what: str) -> None:
    """Record something done towards the market."""
    book, doing = _opened(acting)
    given = _valid(Activity, {"id": name, "kind": kind, "what": what, "on": acting.at.date()})
    done = book.record_activity(given, doing)
    _said(done, f"Recorded: {done.what}.", acting.as_json)


def evidence(acting: Acting, heading: str, says: str, evidence_: Sequence[str]) -> None:
    """Complete a heading of local variation."""
    book, doing = _opened(acting)
    given = {
        "heading": heading,
        "says": says,
        "evidence": list(evidence_),
        "source": f"{acting.by}, {acting.at.date()}",
    }
    after = book.complete_heading(_valid(Shown, given), doing)
    left = [one.id for one in missing(book.headings, after)]
    _said(after, f"Completed. Still open: {', '.join(left) or 'nothing'}.", acting.as_json)


def publish(acting: Acting, where: str, out: Path | None) -> None:
    """Publish the evidence for local variation."""
    book, doing = _opened(acting)
    after = book.publish(where, doing)
    if out:
        procuring.write_local_variation(book.standing(), out)
    _said(after, f"Published on {after.published} at {after.where}.", acting.as_json)


def _valid(model: Any, given: dict[str, Any]) -> Any:
    """What was given as a record. Raises `Problems`."""
    from pydantic import ValidationError

    try:
        return model.model_validate(given)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = " ".join(map(str, first["loc"])) or "the record"
        raise refusal("the call", where, f"'{first['input']}'", first["msg"]) from error


def _said(record: Any, text: str, as_json: bool) -> None:
    if as_json:
        output.as_json(record.model_dump(mode="json", by_alias=False))
    else:
        print(text)
