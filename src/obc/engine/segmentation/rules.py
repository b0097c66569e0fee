"""Rules as expressions over the facts of a day."""

from collections.abc import Sequence

from obc.domain.measurement.segmentation.facts import AllFacts, AnyFact, Fact, Leaf, NoFact
from obc.domain.measurement.segmentation.segmentation import ScopeRule, SegmentRule
from obc.engine.segmentation.packed import holds
from obc.engine.segmentation.spans import place, text


def first_of(rules: Sequence[ScopeRule | SegmentRule], leaves: Sequence[Leaf]) -> str:
    """The position of the first rule that holds on `day`; nought where there are none."""
    steps = [f"WHEN {_holds(rule, leaves)} THEN {number}" for number, rule in enumerate(rules[:-1])]
    return f"CASE {' '.join(steps)} ELSE {len(rules) - 1} END" if steps else "0"


def chosen(position: str, names: Sequence[str]) -> str:
    """The name at a position."""
    if len(set(names)) == 1:
        return text(names[0])
    steps = " ".join(f"WHEN {number} THEN {text(name)}" for number, name in enumerate(names))
    return f"CASE {position} {steps} END"


def _holds(rule: ScopeRule | SegmentRule, leaves: Sequence[Leaf]) -> str:
    parts = [_expression(fact, leaves) for fact in rule.when]
    if rule.from_:
        parts.append(f"day >= DATE '{rule.from_}'")
    if rule.until:
        parts.append(f"day <= DATE '{rule.until}'")
    return " AND ".join(parts)


def _expression(fact: Fact, leaves: Sequence[Leaf]) -> str:
    match fact:
        case AllFacts():
            return "(" + " AND ".join(_expression(part, leaves) for part in fact.all) + ")"
        case AnyFact():
            return "(" + " OR ".join(_expression(part, leaves) for part in fact.any) + ")"
        case NoFact():
            return f"NOT {_expression(fact.not_, leaves)}"
        case _:
            return holds(place(fact, leaves))
