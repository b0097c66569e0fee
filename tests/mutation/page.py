"""The page that says what a mutation run found, and the reasons of those who looked at what survived."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import yaml

REASONS = Path(__file__).with_name("reasons.yaml")


class Room(NamedTuple):
    """What was found in the files of one room: file → faults and how many were noticed; the commit it ran on."""

    path: str
    commit: str
    files: Mapping[str, tuple[int, int]]
    survived: Sequence[str]


def reasons() -> dict[str, str]:
    """Why a fault that survives cannot be noticed, by the fault."""
    listed = yaml.safe_load(REASONS.read_text()) or []
    return {fault: entry["why"] for entry in listed for fault in entry["faults"]}


def page(rooms: Sequence[Room], seconds: float, workers: int) -> str:
    """The page."""
    why = reasons()
    total = sum(faults for room in rooms for faults, _ in room.files.values())
    noticed = sum(seen for room in rooms for _, seen in room.files.values())
    lines = [
        "# Mutation run of scoring and payment",
        "",
        "Small faults are put into the code that scores and pays, one at a time: a comparison that is off by its edge,",
        "a plus for a minus, an `and` for an `or`, a branch that goes the other way, a number one too high, a result",
        "that is lost, a `min` for a `max`. The tests must notice each. `make nightly` runs it, and fails where one",
        "survives that has no reason below. Annotations and the `strict=True` of a zip are left alone. This page is",
        "written by `python tests/mutate.py --write`.",
        "",
        f"**{noticed} of {total} faults were noticed; {total - noticed} survived.** All of them were tried, in"
        f" {seconds / 60:.0f} minutes with {workers} at a time.",
        "",
        "| file | faults | noticed |",
        "|---|---|---|",
    ]
    for room in rooms:
        lines += [f"| `{room.path}/{name}` | {of} | {seen} |" for name, (of, seen) in room.files.items()]
    lines += ["", *(f"`{room.path}` as of commit {room.commit}." for room in rooms)]
    survived = [fault for room in rooms for fault in room.survived]
    if survived:
        lines += ["", "## What survived, and why it cannot be noticed", ""]
        grouped: dict[str, list[str]] = {}
        for fault in survived:
            grouped.setdefault(why.get(fault, "**not explained: write a test**"), []).append(fault)
        for reason, faults in grouped.items():
            lines += [f"{reason.strip()}", "", *(f"- `{fault}`" for fault in faults), ""]
    return "\n".join(lines).rstrip() + "\n"
