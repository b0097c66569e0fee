"""All gates of a programme, as its file brings them along: `gates.yaml`."""

from typing import Self

from pydantic import model_validator

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.problem import wrong
from obc.domain.programme.gates.gate import Gate


class Gates(Written):
    """Gates, each with those that must be passed before it; none comes before itself."""

    gates: tuple[Gate, ...]

    @model_validator(mode="after")
    def _one_after_the_other(self) -> Self:
        known = {one.id for one in self.gates}
        if len(known) < len(self.gates):
            raise wrong("a gate twice", "give each an id of its own", "gates")
        waiting = list(self.gates)
        behind: set[str] = set()
        while waiting:
            ready = [one for one in waiting if set(one.after) & known <= behind]
            if not ready:
                circle = ", ".join(f"'{one.id}'" for one in waiting)
                raise wrong(f"gates that wait for each other: {circle}", "take one of the waits out", "gates")
            behind |= {one.id for one in ready}
            waiting = [one for one in waiting if one.id not in behind]
        return self
