"""Gates: what the commands print."""

from datetime import date
from pathlib import Path
from typing import Any

from obc.bootstrap import governing
from obc.cli import output
from obc.cli.acting import Acting, said
from obc.cli.plans import task_json
from obc.domain.core.kernel.problem import refusal
from obc.domain.programme.gates.gate import Ballot, Condition, Gate, Outcome
from obc.domain.programme.gates.portfolio import SOON, Portfolio, Stands
from obc.domain.programme.gates.voting import carried, counted, quorum_lacks
from obc.reports.wording import day, money, plural
from obc.services import pass_gate
from obc.services.governance import Governance
from obc.services.portfolio import portfolio as portfolio_of


def overview(programme: str, trail: Path | None, on: date, out: Path | None, as_json: bool) -> None:
    """Print phases, gates, what is due and the critical path."""
    governed = governing.governance(programme, trail)
    held = portfolio_of(governed, on)
    written = governing.write_governance(governed, held, out) if out else ()
    gates = governed.gates.records
    if as_json:
        output.as_json(
            {
                "programme": governed.programme.id,
                "on": on,
                "contracts": [_contract_json(one) for one in held.contracts],
                "gates": [_gate_line_json(one) for one in gates],
                "bodies": [one.model_dump(mode="json", by_alias=False) for one in governed.programme.bodies],
                "due": [one.model_dump(mode="json") for one in held.due],
                "critical_path": [task_json(one) for one in held.path],
                "written": [str(path) for path in written],
            }
        )
        return
    print(f"{governed.programme.title}, on {day(on)}\n")
    _show_contracts(governed, held)
    print("\nGates")
    heads = ("Gate", "Kind", "Body", "Due", "State", "Criteria met")
    output.table(heads, [_line(one) for one in gates])
    _show_due(held)
    _show_path(governed, held)
    if written:
        print("\nWrote " + ", ".join(str(path) for path in written))


def portfolio(programme: str, trail: Path | None, on: date, as_json: bool) -> None:
    """Print where each contract stands, and what is handed over."""
    governed = governing.governance(programme, trail)
    held = portfolio_of(governed, on)
    if as_json:
        handed = [
            {
                "id": one.handover.id,
                "what": one.handover.what,
                "agreed": one.agreed,
                "apart": list(one.apart),
                "sides": [
                    {"contract": side.contract, "groups": list(side.groups), "amount_minor": side.amount}
                    for side in (one.handover.giver, one.handover.taker)
                ],
            }
            for one in held.handovers
        ]
        contracts = [_contract_json(one) for one in held.contracts]
        output.as_json({"programme": governed.programme.id, "on": on, "contracts": contracts, "handovers": handed})
        return
    _show_contracts(governed, held)
    for one in held.handovers:
        giver, taker = one.handover.giver, one.handover.taker
        print(f"\n{one.handover.what}: from {giver.contract} to {taker.contract}")
        print("  both sides agree" if one.agreed else "\n".join(f"  not agreed: {said}" for said in one.apart))


def show(programme: str, gate: str, trail: Path | None, as_json: bool) -> None:
    """Print one gate."""
    governed = governing.governance(programme, trail)
    _show(governed, governed.gates.named(gate), as_json)


def act(who: Acting, gate: str, verb: str, as_json: bool) -> None:
    """Open, gather, reopen or supersede a gate, and print it."""
    governed, doing = who.opened()
    turn = {
        "open": pass_gate.open_gate,
        "gather": pass_gate.gather,
        "reopen": pass_gate.reopen,
        "supersede": pass_gate.supersede,
    }[verb]
    _show(governed, turn(governed, gate, doing), as_json)


def judge(who: Acting, gate: str, criterion: str, met: bool, says: str, as_json: bool) -> None:
    """Judge a criterion, and print the gate."""
    governed, doing = who.opened()
    _show(governed, pass_gate.judge(governed, gate, criterion, met, said(says, "--says"), doing), as_json)


def vote(who: Acting, gate: str, says: str, as_json: bool) -> None:
    """Vote, and print the gate."""
    governed, doing = who.opened()
    ballot: Ballot = says.replace("-", " ")  # type: ignore[assignment]  # the option allows no other
    _show(governed, pass_gate.vote(governed, gate, ballot, doing), as_json)


def decide(who: Acting, gate: str, says: str, conditions: list[str], to: str | None, as_json: bool) -> None:
    """Decide, and print the gate."""
    governed, doing = who.opened()
    read = tuple(_condition(text, place) for place, text in enumerate(conditions, 1))
    outcome: Outcome = says.replace("-", " ")  # type: ignore[assignment]  # the option allows no other
    _show(governed, pass_gate.decide_gate(governed, gate, outcome, doing, read, to), as_json)


def report(who: Acting, gate: str, condition: str, says: str, as_json: bool) -> None:
    """Report on a condition, and print the gate."""
    governed, doing = who.opened()
    _show(governed, pass_gate.report(governed, gate, condition, said(says, "--says"), doing), as_json)


def settle(who: Acting, gate: str, condition: str, accept: bool, as_json: bool) -> None:
    """Accept a condition or send it back, and print the gate."""
    governed, doing = who.opened()
    _show(governed, pass_gate.settle(governed, gate, condition, accept, doing), as_json)


def _condition(text: str, place: int) -> Condition:
    parts = [part.strip() for part in text.split("|")]
    expected = "write 'CRITERION | OWNER | DAY | WHAT', with - for a condition of no criterion"
    if len(parts) != 4 or not all(parts):
        raise refusal("--condition", f"condition {place}", f"'{text}'", expected)
    criterion, owner, due, what = parts
    try:
        until = date.fromisoformat(due)
    except ValueError as error:
        raise refusal("--condition", f"condition {place}", f"the day '{due}'", "write it as 2014-01-31") from error
    about = None if criterion == "-" else criterion
    return Condition(id=about or f"condition-{place}", what=what, criterion=about, owner=owner, due=until)


def _show(governed: Governance, gate: Gate, as_json: bool) -> None:
    body = governed.programme.body(gate.body)
    lacks = quorum_lacks(gate, body, governed.people)
    votes = counted(gate, body, governed.people)
    if as_json:
        output.as_json(
            {"gate": gate.model_dump(mode="json", by_alias=False), "quorum_lacks": lacks, "votes_carry": carried(votes)}
        )
        return
    print(f"{gate.title}\n{gate.id}, {gate.kind}, for the {body.title}: {gate.state}")
    print("\n".join(f"  {question}" for question in gate.questions))
    print("\nCriteria")
    rows = []
    for criterion in gate.criteria:
        found = gate.finding(criterion.id)
        met = "not looked at" if found is None else "met" if found.met else "not met"
        who = criterion.check or (found.by if found and found.by else "")
        rows.append((criterion.id, met, who, found.says if found else criterion.asks))
    output.table(("Criterion", "Met", "Check or assessor", "What was seen, or is asked"), rows)
    if gate.state == "open":
        said = f"the votes carry: {carried(votes) or 'nothing yet'}"
        print(f"\n{plural(len(votes), 'vote')}; {said}; " + (f"no quorum: {lacks}" if lacks else "there is a quorum"))
    elif gate.votes:
        print("\nVotes")
    for one in gate.votes:
        print(f"  {one.by}: {one.says}. {one.because}")
    if gate.decision:
        way = f", and on to: {gate.decision.to}" if gate.decision.to else ""
        print(f"\nDecided on {day(gate.decision.on)} by {gate.decision.by}: {gate.decision.says}{way}.")
        print(f"  {gate.decision.because}")
    if gate.conditions:
        print("\nConditions")
        heads = ("Condition", "Owner", "Due", "State", "What")
        output.table(heads, [(one.id, one.owner, one.due, one.state, one.what) for one in gate.conditions])


def _show_contracts(governed: Governance, held: Portfolio) -> None:
    rows = []
    for one in held.contracts:
        coming = one.next_gate
        due = f"{coming.id}, {coming.due or 'no day'}" if coming else "none"
        risks = " ".join(f"{count} {name}" for name, count in one.risks if count) or "none"
        cells = (_amount(one.in_scope_minor, one), _amount(one.given_minor, one), _amount(one.taken_minor, one))
        rows.append((one.contract.title, governed.process.titled(one.phase), due, *cells, risks))
    heads = ("Contract", "Phase", "Next gate", "In scope a year", "Given", "Taken", "Risks")
    output.table(heads, rows, "lllrrrl")


def _show_due(held: Portfolio) -> None:
    print(f"\nDue within {plural(SOON // 7, 'week')}, or overdue")
    rows = [("overdue" if one.overdue else "", one.day, one.kind, one.id, one.owner, one.what) for one in held.due]
    output.table(("", "Day", "Kind", "Id", "Whose", "What"), rows)


def _show_path(governed: Governance, held: Portfolio) -> None:
    for contract in governed.programme.contracts:
        path = [one for one in held.path if one.task.contract == contract.id]
        if path:
            steps = " → ".join(f"{one.task.id} ({one.last_day:%d %b %Y})" for one in path)
            print(f"\nCritical path, {contract.title}: {steps}")


def _line(gate: Gate) -> tuple[Any, ...]:
    met = len(gate.criteria) - len(gate.unmet)
    return (gate.id, gate.kind, gate.body, gate.due or "", gate.state, f"{met} of {len(gate.criteria)}")


def _amount(minor: int | None, stands: Stands) -> str:
    return "not known" if minor is None else money(minor, stands.currency).removesuffix(".00")


def _contract_json(one: Stands) -> dict[str, Any]:
    return {
        "id": one.contract.id,
        "title": one.contract.title,
        "phase": one.phase,
        "next_gate": one.next_gate.id if one.next_gate else None,
        "currency": one.currency,
        "in_scope_minor": one.in_scope_minor,
        "later_minor": one.later_minor,
        "given_minor": one.given_minor,
        "taken_minor": one.taken_minor,
        "risks": dict(one.risks),
        "risks_beyond_appetite": list(one.waiting),
    }


def _gate_line_json(gate: Gate) -> dict[str, Any]:
    return {
        "id": gate.id,
        "title": gate.title,
        "kind": gate.kind,
        "contract": gate.contract,
        "body": gate.body,
        "due": gate.due,
        "state": gate.state,
        "criteria": len(gate.criteria),
        "criteria_met": len(gate.criteria) - len(gate.unmet),
        "open_conditions": [one.id for one in gate.open_conditions],
    }
