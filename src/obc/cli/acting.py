"""Acting on a programme: who, when, why and on which trail, as options say it."""

from datetime import datetime
from pathlib import Path
from typing import NamedTuple


class Acting(NamedTuple):
    """What every command that acts is given. `at` is in UTC."""

    programme: str
    trail: Path | None
    by: str
    why: str
    at: datetime
