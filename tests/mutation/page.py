"""The page that says what a mutation run found, and the reasons of those who looked at what survived."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import yaml

REASONS = Path(__file__).with_name("reasons.yaml")
FOUND = Path(__file__).with_name("found.json")


class Found(NamedTuple):
    """What was found in a file: how many faults, how many noticed, which were not, and the file's commit then."""

    faults: int
    noticed: int
    survived: Sequence[str]
    commit: str


NOTHING = Found(0, 0, (), "")


def found() -> dict[str, Found]:
    """What is known of each file, by its path: of the last run that tried it and was written down."""
    return {path: Found(**entry) for path, entry in json.loads(FOUND.read_text()).items()} if FOUND.exists() else {}


def keep(known: Mapping[str, Found]) -> None:
    """Write down what is known of each file."""
    listed = {path: known[path]._asdict() for path in sorted(known)}
    FOUND.write_text(json.dumps(listed, ensure_ascii=False, indent=1) + "\n")


def reasons() -> dict[str, str]:
    """Why a fault that survives cannot be noticed, by the fault."""
    listed = yaml.safe_load(REASONS.read_text()) or []
    return {fault: entry["why"] for entry in listed for fault in entry["faults"]}


def page(known: Mapping[str, Found]) -> str:
    """The page."""
    why = reasons()
    total = sum(one.faults for one in known.values())
    noticed = sum(one.noticed for one in known.values())
    lines = [
        "# Mutation run of scoring and payment",
        "",
        "Small faults are put into the code that scores and pays, one at a time: a comparison that is off by its edge,",
        "a plus for a minus, an `and` for an `or`, a branch that goes the other way, a number one too high, a result",
        "that is lost, a `min` for a `max`. The tests must notice each. `make nightly` runs it, and fails where one",
        "survives that has no reason below. Annotations and the `strict=True` of a zip are left alone. This page is",
        "written by `python tests/mutate.py --write`; with names of files behind it, only those are tried again.",
        "",
        f"**{noticed} of {total} faults were noticed; {total - noticed} survived.** Every fault was tried.",
        "",
        "| file | faults | noticed | as of commit |",
        "|---|---|---|---|",
        *(f"| `{path}` | {one.faults} | {one.noticed} | {one.commit} |" for path, one in sorted(known.items())),
    ]
    survived = [fault for _, one in sorted(known.items()) for fault in one.survived]
    if survived:
        lines += ["", "## What survived, and why it cannot be noticed", ""]
        grouped: dict[str, list[str]] = {}
        for fault in survived:
            grouped.setdefault(why.get(fault, "**not explained: write a test**"), []).append(fault)
        for reason, faults in grouped.items():
            lines += [f"{reason.strip()}", "", *(f"- `{fault}`" for fault in faults), ""]
    return "\n".join(lines).rstrip() + "\n"
