"""The trail: who did what, when and why, before and after."""

import json
from pathlib import Path
from typing import Any

from obc.bootstrap import governing
from obc.cli import output
from obc.domain.core.kernel.trail import Action, changes
from obc.domain.core.kernel.trail import head as head_of
from obc.reports.wording import plural


def show(programme: str, trail: Path | None, record: str | None, kind: str | None, as_json: bool) -> None:
    """Print the actions, and that the chain holds; reading a trail whose chain is broken raises `Problems`."""
    every = governing.trail_of(programme, trail)
    shown = [one for one in every if record in (None, one.record) and kind in (None, one.kind)]
    head = head_of(every)
    if as_json:
        actions = [_action_json(one) for one in shown]
        output.as_json({"actions": actions, "lines": len(every), "head": head, "chain_holds": True})
        return
    for one in shown:
        roles = f" ({', '.join(one.roles)})" if one.roles else ""
        print(f"{one.number}. {one.at:%Y-%m-%d %H:%M} {one.by}{roles}: {one.verb} {one.kind} '{one.record}'")
        print(f"   why: {one.why}")
        if one.before is None:
            print("   new")
            continue
        for key, before, after in changes(one):
            for line in _difference(key, before, after):
                print(f"   {line}")
    if not every:
        print("No actions yet.")
        return
    print(f"\n{plural(len(every), 'action')}, and the chain holds. Head: {head}")


def _difference(key: str, before: Any, after: Any) -> list[str]:
    """What changed at a key: of a list, the items that came and went."""
    if isinstance(before, list) and isinstance(after, list):
        gone = [f"{key}: − {_text(one)}" for one in before if one not in after]
        return gone + [f"{key}: + {_text(one)}" for one in after if one not in before]
    return [f"{key}: {_text(before)} → {_text(after)}"]


def _text(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return ", ".join(f"{key} {_text(held)}" for key, held in value.items() if held is not None)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _action_json(action: Action) -> dict[str, Any]:
    moved = [{"key": key, "before": before, "after": after} for key, before, after in changes(action)]
    return {
        "number": action.number,
        "at": action.at,
        "by": action.by,
        "roles": list(action.roles),
        "verb": action.verb,
        "kind": action.kind,
        "record": action.record,
        "why": action.why,
        "changes": moved,
        "hash": action.digest,
    }
