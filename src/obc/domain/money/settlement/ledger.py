"""The ledger: double entry, append-only. A correction is a new entry, never a changed one."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from obc.domain.core.kernel.money import Minor
from obc.domain.core.kernel.problem import wrong


class Entry(BaseModel):
    """Money that moves from one account (credit) to another (debit): always a positive amount.

    Account names are the mechanism's: a party, a commissioner, a pot, a service. `line` is the step that the
    entry comes from; `due` the day on which it is paid, where the contract's term or calendar says.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    party: str
    year: int
    line: str
    debit: str
    credit: str
    amount_minor: Annotated[Minor, Field(gt=0)]
    reason: str
    due: date | None = None

    @model_validator(mode="after")
    def _moves(self) -> Self:
        if self.debit == self.credit:
            raise wrong(f"an entry from '{self.credit}' to itself", "name two accounts")
        return self


class Ledger(BaseModel):
    """Entries in the order in which they were made."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    entries: tuple[Entry, ...] = ()

    def with_entries(self, entries: Iterable[Entry]) -> "Ledger":
        """This ledger and what comes after it."""
        return Ledger(entries=(*self.entries, *entries))

    def balance(self, account: str) -> int:
        """What an account has received less what it has given, in minor units."""
        return balances(self.entries).get(account, 0)


def balances(entries: Iterable[Entry]) -> dict[str, int]:
    """Every account's balance in minor units: debits less credits. Together they are always zero."""
    result: dict[str, int] = {}
    for entry in entries:
        result[entry.debit] = result.get(entry.debit, 0) + entry.amount_minor
        result[entry.credit] = result.get(entry.credit, 0) - entry.amount_minor
    return result
