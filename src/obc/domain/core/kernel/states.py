"""State machines: which moves a thing allows, and who may make them. They are dictionaries, so they can be drawn."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from obc.domain.core.kernel.problem import refusal


@dataclass(frozen=True)
class Move:
    """One way out of a state. `by` names the roles that may take it; none: anybody who may act at all."""

    to: str
    by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Machine:
    """The life of a thing: `moves[state][verb]`. A state without moves is an end.

    `name` is what messages call the thing, as in 'the gate'.
    """

    name: str
    first: str
    moves: Mapping[str, Mapping[str, Move]]

    @property
    def states(self) -> tuple[str, ...]:
        """Every state, the first one first, in the order in which the moves name them."""
        named = [self.first]
        for state, ways in self.moves.items():
            named += [state, *(move.to for move in ways.values())]
        return tuple(dict.fromkeys(named))

    def verbs(self, state: str, roles: Iterable[str] | None = None) -> tuple[str, ...]:
        """What can be done in a state; of those, what these roles may do."""
        held = None if roles is None else set(roles)
        return tuple(
            verb
            for verb, move in self.moves.get(state, {}).items()
            if held is None or not move.by or held & set(move.by)
        )

    def after(self, state: str, verb: str, roles: Iterable[str], record: str) -> str:
        """The state that `verb` leads to. `record` names the thing in the message.

        Raises `Problems` where the state does not allow the verb, or none of `roles` may do it.
        """
        ways = self.moves.get(state, {})
        if verb not in ways:
            allowed = ", ".join(f"'{one}'" for one in ways) or "nothing more: it has ended"
            raise refusal(record, self.name, f"'{verb}' while it is {state}", f"what it allows now is {allowed}")
        held = tuple(roles)
        if ways[verb].by and not set(held) & set(ways[verb].by):
            found = f"'{verb}' by somebody who is {', '.join(held) or 'nothing here'}"
            raise refusal(record, self.name, found, f"it is for {' or '.join(ways[verb].by)} to do")
        return ways[verb].to


def drawn(machine: Machine) -> str:
    """The machine as a Mermaid state diagram, for the manual."""
    key = {state: f"s{index}" for index, state in enumerate(machine.states)}
    lines = ["stateDiagram-v2", *(f'    state "{state}" as {key[state]}' for state in machine.states)]
    lines.append(f"    [*] --> {key[machine.first]}")
    for state in machine.states:
        ways = machine.moves.get(state, {})
        lines += [f"    {key[state]} --> {key[move.to]}: {verb}" for verb, move in ways.items()]
        if not ways:
            lines.append(f"    {key[state]} --> [*]")
    return "\n".join(lines) + "\n"
