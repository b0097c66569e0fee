"""Levers and savings: what the commands print."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from obc.bootstrap import governing, managing
from obc.cli import output
from obc.cli.acting import Acting
from obc.domain.programme.levers.feedback import ThemeHeard
from obc.domain.programme.levers.in_hand import InHand, Pull
from obc.domain.programme.levers.next_step import NextStep
from obc.loaders.whole import read_whole
from obc.reports.wording import day, money_in_words, percent
from obc.services.levers_book import Agreed, LeversBook


def show(
    programme: str,
    trail: Path | None,
    contract: str | None,
    values: Path | None,
    on: date,
    out: Path | None,
    as_json: bool,
) -> None:
    """Print the catalogue with what is in hand, the policy, what is open; with values, the next step for each."""
    if values is not None and contract is None:
        contract = managing.only_contract(programme)
    steps: tuple[NextStep, ...] = ()
    heard: tuple[ThemeHeard, ...] = ()
    own = None
    if contract is None:
        book = managing.levers_book(programme, trail)
    else:
        book, own = managing.managed(programme, contract, trail)
        steps = managing.next_steps(book, own, values, on) if values else ()
        heard = book.heard(own.contract.id, on)
    paths = managing.write_levers(book, own, steps, on, out) if out else ()
    if as_json:
        written = [str(path) for path in paths]
        output.as_json({**_json(programme, book, steps, on, heard), "written": written})
        return
    if not steps:
        _catalogue(book)
    open_ = [one for one in book.escalations.records if one.open]
    print("\nEscalations that are open" if open_ else "\nNo escalation is open.")
    for one in open_:
        clock = f", until {day(one.due)}{' (run out)' if one.late(on) else ''}" if one.due else ""
        print(f"  {one.id}: {one.state}{clock}; about {one.about}")
    if steps:
        _steps(steps, _heard_of(heard))
    elif contract is None:
        print("\nGive --contract and --values for the next step of each indicator.")
    if paths:
        print("\nWrote " + ", ".join(str(path) for path in paths))


def _catalogue(book: LeversBook) -> None:
    in_hand = {use.lever: use for use in book.in_hand.records if use.state != "dropped"}
    for family in book.catalogue.families:
        print(f"\n{family.title}: {family.says}")
        rows = []
        for lever in sorted(family.levers, key=lambda one: one.manner == "punitive"):
            use = in_hand.get(lever.id)
            after = "" if lever.from_stage == "none" else f"after {lever.from_stage}"
            rows.append((lever.id, lever.manner, after, f"{use.state}: {use.owner}" if use else "", lever.moves))
        output.table(("Lever", "Manner", "May be pulled", "In hand", "Moves"), rows)


def _heard_of(heard: Sequence[ThemeHeard]) -> Counter[str]:
    """How often patients and carers spoke of what an indicator measures."""
    counts: Counter[str] = Counter()
    for theme in heard:
        counts.update(dict.fromkeys(theme.indicators, theme.heard))
    return counts


def _steps(steps: Sequence[NextStep], heard: Counter[str]) -> None:
    print("\nThe next step for each indicator, worst first")
    rows = [
        (one.indicator, one.segment, one.standing, str(heard[one.indicator] or ""), one.stage, one.verb or "–")
        for one in steps
    ]
    output.table(("Indicator", "Segment", "Stands", "Heard", "Stage", "Next"), rows, "lllrll")
    for one in steps:
        if one.standing in ("in dispute", "getting worse", "failing", "not known") or one.escalation:
            print(f"\n{one.indicator} ({one.segment}): {one.because}.\n  {one.advice}.")
            if one.levers:
                print(f"  levers that answer it: {', '.join(one.levers)}")


def _json(
    programme: str, book: LeversBook, steps: Sequence[NextStep], on: date, heard: Sequence[ThemeHeard]
) -> dict[str, Any]:
    counts = _heard_of(heard)
    return {
        "programme": programme,
        "on": on,
        "families": [
            {**family.model_dump(mode="json", by_alias=False), "levers": [_lever(one) for one in family.levers]}
            for family in book.catalogue.families
        ],
        "in_hand": [one.model_dump(mode="json", by_alias=False) for one in book.in_hand.records],
        "policy": book.file.policy.model_dump(mode="json", by_alias=False),
        "escalations": [
            {**one.model_dump(mode="json", by_alias=False), "late": one.late(on)} for one in book.escalations.records
        ],
        "next_steps": [{**one.model_dump(mode="json"), "heard": counts[one.indicator]} for one in steps],
        "feedback": [one.model_dump(mode="json") for one in heard],
    }


def _lever(lever: Any) -> dict[str, Any]:
    content: dict[str, Any] = lever.model_dump(mode="json", by_alias=False)
    return content


def pull(who: Acting, file: Path, as_json: bool) -> None:
    """Pull the lever of a file, and print it."""
    governed, doing = governing.acting(who.programme, who.trail, who.by, who.at, who.why)
    levers = managing.levers_book(who.programme, who.trail)
    _held(managing.pull_lever(governed, levers, read_whole(file, Pull), doing), who.at.date(), as_json)


def renew(who: Acting, name: str, until: date, as_json: bool) -> None:
    """Hold a lever on, and print it."""
    doing = managing.doing(who.programme, who.trail, who.by, who.at, who.why)
    _held(managing.levers_book(who.programme, who.trail).renew(name, until, doing), who.at.date(), as_json)


def let_go(who: Acting, name: str, as_json: bool) -> None:
    """Let go of a lever, and print it."""
    doing = managing.doing(who.programme, who.trail, who.by, who.at, who.why)
    levers = managing.levers_book(who.programme, who.trail)
    verb = "drop" if levers.in_hand.named(name).state == "proposed" else "let go"
    _held(levers.let_go(name, verb, doing), who.at.date(), as_json)


def _held(one: InHand, on: date, as_json: bool) -> None:
    if as_json:
        output.as_json({"lever": _lever(one)})
        return
    until = f" until {day(one.lapses)}" if one.lapses else ""
    print(f"{one.id} ({one.lever}): {one.standing(on)}{until}; {one.owner}: {one.what}")


def savings(programme: str, trail: Path | None, contract: str, as_json: bool) -> None:
    """Print a contract's savings against plan."""
    book, own = managing.managed(programme, contract, trail)
    found, schemes = book.against_plan(own.contract), book.savings.records
    currency = own.contract.agreement.currency
    if as_json:
        output.as_json(
            {
                "contract": own.contract.id,
                "currency": currency,
                "years": [_year(one) for one in found],
                "schemes": [_scheme(one) for one in schemes if one.contract == own.contract.id],
            }
        )
        return
    rows = []
    for one in found:
        year = one.year
        rows.append(
            (
                str(year.year),
                money_in_words(year.planned_minor, currency),
                money_in_words(year.delivered_minor, currency),
                percent(year.share) if year.share is not None else "not known",
                money_in_words(year.planned_minor - year.known_of_minor, currency),
                year.evidence.value,
                {True: "as agreed", False: "not as agreed", None: ""}[one.planned_as_agreed],
            )
        )
    heads = ("Year", "Planned", "Delivered", "Of what is known", "Not known of", "Evidence", "Plan")
    output.table(heads, rows, "lrrrrll")


def _year(one: Agreed) -> dict[str, Any]:
    year = one.year.model_dump(mode="json", exclude={"share"})
    share = None if one.year.share is None else float(one.year.share)
    return {**year, "share": share, "agreed_minor": one.agreed_minor, "planned_as_agreed": one.planned_as_agreed}


def _scheme(one: Any) -> dict[str, Any]:
    content = one.model_dump(mode="json", by_alias=False)
    content["planned_minor"], content["delivered_minor"] = content.pop("planned"), content.pop("delivered")
    return dict(content)
