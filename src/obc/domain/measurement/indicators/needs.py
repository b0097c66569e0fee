"""Needs: which logical tables a definition reads, so that an absent one makes its value missing, never nought."""

from obc.domain.measurement.indicators.conditions import Age, Alive, Leaf, Own, leaves
from obc.domain.measurement.indicators.definition import EventAnchor, IndicatorDefinition, RowsAnchor, Score, TimeAnchor


def tables_of(definition: IndicatorDefinition) -> frozenset[str]:
    """The tables without which the definition has no value.

    Person-time needs deaths, since a person leaves at death. The comparison with the general population needs
    more, but the rate stands without it.
    """
    found = {table for condition in definition.conditions for leaf in leaves(condition) for table in _of(leaf)}
    match definition.denominator:
        case EventAnchor():
            found.add(definition.denominator.event)
        case TimeAnchor():
            found.add("deaths")
        case RowsAnchor():
            found |= {*definition.denominator.rows_of}
        case _:
            found |= {"carers"} if definition.counts == "carer" else {"people"}
    if definition.events:
        found.add(definition.events.events)
    if isinstance(definition.value, Score):
        found.add(definition.value.table)
    return frozenset(found)


def _of(leaf: Leaf) -> tuple[str, ...]:
    match leaf:
        case Own():
            return ()
        case Age():
            return ("people",)
        case Alive():
            return ("deaths",)
        case _:
            return (leaf.table,)
