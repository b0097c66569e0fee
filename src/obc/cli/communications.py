"""The change and its communications: what it prints."""

from datetime import date
from pathlib import Path

from obc.bootstrap import engagement as engaging
from obc.cli import output
from obc.domain.core.kernel.rate import Exact, spelled
from obc.domain.programme.engagement.benefits import Tracked
from obc.loaders.programme import open_programme


def communications(name: str, trail: Path | None, on: date, out: Path | None, as_json: bool) -> None:
    """Print how ready people are for the change; write it as documents where `out` says so."""
    programme = open_programme(name, trail)
    made = engaging.communications(programme).readiness(on)
    written = engaging.write_communications(programme, on, out) if out else ()
    if as_json:
        output.as_json({**made.model_dump(mode="json"), "written": [str(path) for path in written]})
        return
    print(f"{programme.name}: the change, as it stands on {made.on}\n")
    print("Checklist")
    output.table(
        ("Due", "State", "Owner", "What must be in place"),
        [(one.due.isoformat(), one.state, one.owner, one.asks) for one in made.checklist],
    )
    print("\nMessages")
    output.table(
        ("Day", "State", "To", "By way of"),
        [(one.day.isoformat(), one.state, ", ".join(one.to), one.by_way_of) for one in made.messages],
    )
    print("\nQuestions")
    output.table(("Asked", "State", "Question"), [(one.on.isoformat(), one.state, one.asks) for one in made.questions])
    print("\nBenefits")
    heads = ("Benefit", "From", "Now", "To", "By", "Stands")
    output.table(heads, [_benefit(one) for one in made.benefits], "lrrrll")
    print(f"\nWhat is missing ({len(made.missing)})" if made.missing else "\nNothing is missing.")
    for missing in made.missing:
        print(f"  {missing}")
    if written:
        print("\nWrote " + ", ".join(str(path) for path in written))


def _benefit(one: Tracked) -> tuple[str, ...]:
    benefit = one.benefit
    return (
        benefit.benefit,
        _value(benefit.baseline.value if benefit.baseline else None, benefit.unit),
        _value(one.now, benefit.unit),
        _value(benefit.target.value, benefit.unit),
        benefit.target.by.isoformat(),
        one.stands,
    )


def _value(value: Exact | None, unit: str) -> str:
    if value is None:
        return "–"
    return f"{spelled(value * 100)}%" if unit == "share" else spelled(value)
