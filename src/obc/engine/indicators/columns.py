"""Columns: the values of one level of a query, each made once however often it is asked for."""

from dataclasses import dataclass, field

from obc.engine.indicators.expressions import Expression, column, named


@dataclass
class Columns:
    """Values under names of one prefix."""

    prefix: str
    values: dict[str, tuple[int, Expression]] = field(default_factory=dict)

    def place(self, value: Expression) -> int:
        """Where the value stands among them; it is added when it is new."""
        place, _ = self.values.setdefault(value.sql(), (len(self.values), value))
        return place

    def ask(self, value: Expression, table: str | None = None) -> Expression:
        """The column that holds the value."""
        return column(f"{self.prefix}{self.place(value)}", table)

    @property
    def names(self) -> list[str]:
        """What the values are called, in order."""
        return [f"{self.prefix}{place}" for place in range(len(self.values))]

    @property
    def selected(self) -> list[Expression]:
        """The values under their names, in order."""
        return [named(value, f"{self.prefix}{place}") for place, value in self.values.values()]
