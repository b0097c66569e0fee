"""Made-up records for the demonstration, so that measuring can be tried where nobody has records at hand."""

from datetime import date
from pathlib import Path

from obc.bootstrap.books import Held
from obc.bootstrap.measuring import make_records

PEOPLE, SEED = 4_000, 1


def records_for(held: Held, until: date, home: Path) -> Path:
    """The folder of made-up records of a contract, up to a day; made where there is none yet."""
    folder = home / "records" / held.id
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        make_records(held.contract, folder, PEOPLE, SEED, until=until)
    return folder
