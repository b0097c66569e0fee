"""Acting on a programme: who, when, why and on which trail, as options say it."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from inspect import Parameter, Signature, signature
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from obc.cli.arguments import As, At, By, Format, Programme, Trail, Why, moment_of

if TYPE_CHECKING:
    from obc.services.governance import Governance
    from obc.services.register import Doing


class Acting(NamedTuple):
    """What every command that acts is given. `at` is in UTC."""

    programme: str
    trail: Path | None
    by: str
    why: str
    at: datetime
    as_json: bool = False

    def opened(self) -> "tuple[Governance, Doing]":
        """The programme, and who does what to it. Raises `Problems`."""
        from obc.bootstrap.governing import acting

        return acting(self.programme, self.trail, self.by, self.at, said(self.why, "--why"))


_ALWAYS = {"by": (By, Parameter.empty), "why": (Why, Parameter.empty), "at": (At, None), "trail": (Trail, None)}


def acts(programme: Any = Programme) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Declare a command that acts. It is written with an `Acting` first and what is its own after it; who calls it
    gives the options of every act, and the `programme` as that says: the first argument, or an option where a contract
    comes first.
    """

    def declared(command: Callable[..., None]) -> Callable[..., None]:
        @wraps(command)
        def run(**given: Any) -> None:
            by, why, at, trail = (given.pop(name) for name in _ALWAYS)
            as_json = given.pop("as_") is Format.JSON
            command(Acting(given.pop("programme"), trail, by, why, moment_of(at), as_json), **given)

        own = [one.replace(kind=Parameter.KEYWORD_ONLY) for one in [*signature(command).parameters.values()][1:]]
        named = {"programme": (programme, Parameter.empty), **_ALWAYS, "as_": (As, Format.TEXT)}
        added = {
            name: Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=kind)
            for name, (kind, default) in named.items()
        }
        first = added.pop("programme")
        options = [first, *own, *added.values()] if programme is Programme else [*own, first, *added.values()]
        run.__signature__ = Signature(options)  # type: ignore[attr-defined]  # what Typer reads
        run.__annotations__ = {one.name: one.annotation for one in options}
        return run

    return declared


def said(text: str, option: str) -> str:
    """What an option says. Raises `Problems` where it says nothing."""
    if text.strip():
        return text.strip()
    from obc.domain.core.kernel.problem import refusal  # here: `obc --help` loads no pydantic

    raise refusal(option, "the option", "nothing", "write a sentence")
