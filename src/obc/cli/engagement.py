"""Engagement: what it prints."""

from datetime import date
from pathlib import Path

from obc.bootstrap import engagement as engaging
from obc.cli import output
from obc.domain.programme.engagement.heard import Heard
from obc.loaders.programme import open_programme


def engagement(name: str, trail: Path | None, on: date, out: Path | None, as_json: bool) -> None:
    """Print a programme's engagement; write it as documents where `out` says so."""
    programme = open_programme(name, trail)
    made = engaging.engagement(programme).heard(on)
    written = engaging.write_engagement(programme, on, out) if out else ()
    if as_json:
        output.as_json({**made.model_dump(mode="json"), "written": [str(path) for path in written]})
        return
    show(made)
    if written:
        print("\nWrote " + ", ".join(str(path) for path in written))


def show(made: Heard) -> None:
    """Numbers, you said – we did, endorsements, what matters most, what is missing."""
    numbers = made.numbers
    print(f"{made.contract}: what was heard, as it stands on {made.on}\n")
    print(
        f"  {numbers.held} events held, {numbers.planned} planned; {numbers.invited:,} invited and "
        f"{numbers.took_part:,} counted as taking part; at {len(numbers.uncounted)} nobody wrote down how many"
    )
    way = made.development
    counts = ", ".join(f"{count} {kind}" for kind, count in way.counts if count)
    print(f"  {way.proposed} outcomes first proposed, {way.now} now: {counts}\n")
    print("You said, we did")
    for step in way.steps:
        print(f"  {step.became.upper():<8}{step.before or '–'}")
        print(f"          → {step.after or '–'}")
        heard = "" if step.heard else " (nobody at an event)"
        print(f"          because of {', '.join(step.because) or 'nothing'}{heard}")
    print("\nWho endorses the outcomes")
    for one in made.statements:
        held = f": {one.reservations}" if one.reservations else ""
        ended = "" if one.state == "standing" else " (withdrawn)"
        print(f"  {one.on}  {one.group}: {one.says}, {len(one.of)} outcomes{ended}{held}")
    for against in made.unendorsed:
        print(f"  passes no gate: {against.where}: {against.found}")
    _priorities(made)
    print(f"\nWhat is missing ({len(made.missing)})" if made.missing else "\nNothing is missing.")
    for missing in made.missing:
        print(f"  {missing}")


def _priorities(made: Heard) -> None:
    if not made.priorities or not made.priorities.orders:
        return
    orders = made.priorities.orders
    print(f"\nWhat matters most ({made.priorities.source}): place, and the places that 95% of draws give")
    names = [one.outcome for one in orders[0].outcomes]
    placed = [{one.outcome: one for one in order.outcomes} for order in orders]
    rows = [(name, *(f"{by[name].rank} ({by[name].rank_low}–{by[name].rank_high})" for by in placed)) for name in names]
    heads = ("Outcome", *(f"{order.group}, {order.people}" for order in orders))
    output.table(heads, rows, "l" + "r" * len(orders))
    for pair in made.priorities.compared:
        apart = [gap for gap in pair.gaps if gap.apart]
        more = ", ".join(gap.outcome for gap in apart if gap.difference > 0) or "nothing"
        less = ", ".join(gap.outcome for gap in apart if gap.difference < 0) or "nothing"
        print(f"  {pair.one} put higher than {pair.other}: {more}; lower: {less}")
    for one in made.against_points:
        if one.out_of_line:
            places = f"{one.points_low}–{one.points_high}" if one.points_low < one.points_high else f"{one.points_low}"
            print(f"  {one.outcome}: place {one.rank} of what matters, place {places} by points")


def board_paper(name: str, trail: Path | None, on: date, out: Path, runs: int, seed: int, as_json: bool) -> None:
    """Write the paper for the governing body and say where."""
    paths = engaging.write_board_paper(open_programme(name, trail), on, out, runs, seed)
    if as_json:
        output.as_json({"written": [str(path) for path in paths]})
    else:
        print("Wrote " + ", ".join(str(path) for path in paths))
