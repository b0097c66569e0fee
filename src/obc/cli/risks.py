"""Risks: what the commands print."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from obc.bootstrap import governing
from obc.cli import output
from obc.cli.acting import Acting, said
from obc.domain.core.kernel.problem import refusal
from obc.domain.programme.risks.heat_map import Cell, When, banded, heat_map
from obc.domain.programme.risks.history import history
from obc.domain.programme.risks.impact import Weighed, not_assessed, weighed
from obc.domain.programme.risks.risk import Ending, Risk
from obc.domain.programme.risks.scale import STEPS, Rating
from obc.loaders.whole import read_whole
from obc.reports.wording import day, money_in_words, percent, plural
from obc.services import keep_risks
from obc.services.governance import Governance


def register(programme: str, trail: Path | None, on: date, out: Path | None, as_json: bool) -> None:
    """Print the register, worst first, with what has to be decided about it."""
    governed = governing.governance(programme, trail)
    appetite, risks = governed.appetite, governed.risks.records
    waiting = [one.id for one in appetite.waiting(risks)]
    late = [one.id for one in risks if one.live and one.review_by < on]
    written = governing.write_risks(governed, on, governing.trail_of(programme, trail), out) if out else ()
    if as_json:
        output.as_json(
            {
                "programme": governed.programme.id,
                "on": on,
                "appetite": appetite.model_dump(mode="json", by_alias=False),
                "risks": [risk_json(one) for one in risks],
                "beyond_appetite": waiting,
                "review_overdue": late,
                "bands": {when: banded(risks, when) for when in ("before", "standing", "after")},
                "heat_map": {
                    when: [one.model_dump(mode="json") for one in heat_map(risks, when) if one.risks]
                    for when in ("before", "standing", "after")
                },
                "written": [str(path) for path in written],
            }
        )
        return
    rows = [
        (
            one.id,
            one.category,
            f"{one.before.score} {one.before.band}",
            f"{one.standing.score} {one.standing.band}",
            f"{one.after.score} {one.after.band}",
            f"{sum(c.in_place for c in one.controls)} of {len(one.controls)}",
            one.owner,
            one.review_by,
            one.state,
        )
        for one in sorted(risks, key=lambda one: (not one.live, -one.standing.score, one.id))
    ]
    heads = ("Risk", "Category", "Before", "Stands", "After", "Controls", "Owner", "Review by", "State")
    output.table(heads, rows)
    _show_map(risks)
    print(f"\nCarried by the {appetite.held_by}: a standing score up to {appetite.score}")
    for limit in appetite.but:
        print(f"  {limit.category}: up to {limit.score}")
    print(f"Beyond it and not escalated to the {appetite.to}: {', '.join(waiting) or 'none'}")
    print(f"Review overdue on {day(on)}: {', '.join(late) or 'none'}")
    if written:
        print("\nWrote " + ", ".join(str(path) for path in written))


def one(programme: str, risk: str, trail: Path | None, as_json: bool) -> None:
    """Print one risk with its history."""
    governed = governing.governance(programme, trail)
    held = governed.risks.named(risk)
    moves = [move for move in history(governing.trail_of(programme, trail)) if move.risk == risk]
    if as_json:
        output.as_json({"risk": risk_json(held), "history": [move.model_dump(mode="json") for move in moves]})
        return
    _show(held)
    for move in moves:
        was = f"{move.score_before} → " if move.score_before is not None else ""
        print(f"  {move.at:%Y-%m-%d %H:%M} {move.by}: {move.verb}, {was}{move.score} {move.band}. {move.why}")


def impact(programme: str, as_json: bool) -> None:
    """Print what is at stake for each provider of today."""
    governed = governing.governance(programme)
    if governed.impact is None:
        raise refusal(f"{programme}/impact.yaml", "the file", "no such file", "write impact.yaml, or leave this")
    money = governed.money(governed.contracts[governed.impact.contract])
    found = weighed(governed.impact, dict(money.earned) if money else {})
    missing = not_assessed(governed.impact, money.incumbents if money else ())
    if as_json:
        rows = [_weighed_json(one) for one in found]
        output.as_json({"contract": governed.impact.contract, "providers": rows, "not_assessed": list(missing)})
        return
    currency = money.currency if money else "GBP"
    heads = ("Provider", "At stake a year", "Of its income", "", "Not answered yet")
    shown = [
        (
            one.provider,
            "not known" if one.at_stake is None else money_in_words(one.at_stake, currency),
            "not known" if one.share is None else percent(one.share),
            "heavy" if one.heavy else "",
            "; ".join(one.unanswered),
        )
        for one in found
    ]
    output.table(heads, shown, "lrrll")
    print(f"\nHeavy: more than {percent(governed.impact.bearable, 0)} of its income is at stake.")
    print(f"Provide today and not assessed: {', '.join(missing) or 'none'}")


def raise_risk(who: Acting, file: Path, as_json: bool) -> None:
    """Raise a risk that a file describes, and print it."""
    governed, doing = who.opened()
    _done(governed, keep_risks.raise_risk(governed, read_whole(file, Risk), doing), as_json)


def assess(
    who: Acting, risk: str, before: tuple[int, int] | None, after: tuple[int, int] | None, as_json: bool
) -> None:
    """Assess a risk, and print it."""
    governed, doing = who.opened()
    ratings = [
        Rating(severity=pair[0], likelihood=pair[1], because=who.why) if pair else None for pair in (before, after)
    ]
    _done(governed, keep_risks.assess(governed, risk, *ratings, doing), as_json)


def control(who: Acting, risk: str, which: str, evidence: str, as_json: bool) -> None:
    """Put a control in place, and print the risk."""
    governed, doing = who.opened()
    _done(governed, keep_risks.control(governed, risk, which, said(evidence, "--evidence"), doing), as_json)


def review(who: Acting, risk: str, review_by: date, as_json: bool) -> None:
    """Review a risk, and print it."""
    governed, doing = who.opened()
    _done(governed, keep_risks.review(governed, risk, review_by, doing), as_json)


def escalate(who: Acting, risk: str, to: str | None, as_json: bool) -> None:
    """Escalate a risk, and print it."""
    governed, doing = who.opened()
    _done(governed, keep_risks.escalate(governed, risk, to, doing), as_json)


def take_back(who: Acting, risk: str, as_json: bool) -> None:
    """Take an escalated risk back, and print it."""
    governed, doing = who.opened()
    _done(governed, keep_risks.take_back(governed, risk, doing), as_json)


def close(who: Acting, risk: str, how: str, as_json: bool) -> None:
    """Close a risk, and print it."""
    governed, doing = who.opened()
    ending: Ending = how.replace("-", " ")  # type: ignore[assignment]  # the option allows no other
    _done(governed, keep_risks.close(governed, risk, ending, doing), as_json)


def reopen(who: Acting, risk: str, review_by: date, as_json: bool) -> None:
    """Reopen a risk, and print it."""
    governed, doing = who.opened()
    _done(governed, keep_risks.reopen(governed, risk, review_by, doing), as_json)


def supersede(who: Acting, risk: str, instead: str, as_json: bool) -> None:
    """Supersede a risk, and print it."""
    governed, doing = who.opened()
    _done(governed, keep_risks.supersede(governed, risk, instead, doing), as_json)


def risk_json(one: Risk) -> dict[str, Any]:
    """A risk for machines, with its scores and colours."""
    content = one.model_dump(mode="json", by_alias=False)
    content["register"] = content.pop("register_")
    for when in ("before", "standing", "after"):
        rating: Rating = getattr(one, when)
        content[when] = {**rating.model_dump(mode="json"), "score": rating.score, "band": rating.band}
    return content


def _done(governed: Governance, held: Risk, as_json: bool) -> None:
    beyond = governed.carried is not None and governed.carried.exceeded_by(held)
    if as_json:
        output.as_json({"risk": risk_json(held), "beyond_appetite": beyond})
        return
    _show(held)
    if beyond and held.state != "escalated":
        print(f"\nBeyond the appetite: escalate it to the {governed.appetite.to}.")


def _show(held: Risk) -> None:
    print(f"{held.title}\n{held.id}, {held.register_}, {held.category}: {held.state}, owned by {held.owner}")
    print(f"  {held.what.strip()}")
    for name, rating in (("before controls", held.before), ("as it stands", held.standing), ("after", held.after)):
        print(f"  {name}: severity {rating.severity} × likelihood {rating.likelihood} = {rating.score}, {rating.band}")
    print(f"\n{plural(len(held.controls), 'control')}")
    for one in held.controls:
        print(f"  {one.id}: {'in place, ' + str(one.evidence) if one.in_place else 'planned'}. {one.what}")
    print(f"\nReviewed {day(held.reviewed) if held.reviewed else 'never'}, next by {day(held.review_by)}.")


def _show_map(risks: Sequence[Risk]) -> None:
    """Three grids side by side: how many risks stand at each severity (down) and likelihood (across)."""
    moments: tuple[tuple[When, str], ...] = (("before", "Before"), ("standing", "As it stands"), ("after", "After"))
    grids = [{(cell.severity, cell.likelihood): cell for cell in heat_map(risks, when)} for when, _ in moments]
    print("\nHeat map: how many risks at each severity (down) and likelihood (across); g green, a amber, r red")
    print("   " + "   ".join(title.ljust(5 * _FIELD) for _, title in moments).rstrip())
    for severity in reversed(STEPS):
        rows = ("".join(_field(grid[severity, likelihood]) for likelihood in STEPS).ljust(5 * _FIELD) for grid in grids)
        print(f"{severity}  " + "   ".join(rows).rstrip())
    print("   " + "   ".join("".join(str(step).ljust(_FIELD) for step in STEPS) for _ in moments).rstrip())


_FIELD = 5


def _field(cell: Cell) -> str:
    return f"{len(cell.risks) or '·'}{cell.band[0]}".ljust(_FIELD)


def _weighed_json(one: Weighed) -> dict[str, Any]:
    return {
        "provider": one.provider,
        "at_stake_minor": one.at_stake,
        "share": None if one.share is None else float(one.share),
        "heavy": one.heavy,
        "unanswered": list(one.unanswered),
        "settled": one.settled,
    }
