"""Acting on a programme: who, when, why and on which trail, as options say it."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

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

    def opened(self) -> "tuple[Governance, Doing]":
        """The programme, and who does what to it. Raises `Problems`."""
        from obc.bootstrap.governing import acting

        return acting(self.programme, self.trail, self.by, self.at, said(self.why, "--why"))


def said(text: str, option: str) -> str:
    """What an option says. Raises `Problems` where it says nothing."""
    if text.strip():
        return text.strip()
    from obc.domain.core.kernel.problem import refusal  # here: `obc --help` loads no pydantic

    raise refusal(option, "the option", "nothing", "write a sentence")
