"""Rates: exact rational numbers, alone and in arrays. A float never stands in for one.

A settlement works on arrays of length one, a simulation on arrays of length n, by the same code.
"""

import operator
import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Literal

import numpy as np
import numpy.typing as npt
from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

from obc.domain.core.kernel.problem import wrong

Ints = npt.NDArray[Any]
"""Whole numbers: int64, or Python's own (dtype object) where int64 would overflow."""
Flags = npt.NDArray[np.bool_]

Rounding = Literal["half up", "half even", "down"]
"""half up: halves away from zero. half even: halves to the even neighbour. down: towards zero."""

_NUMBER = re.compile(
    r"(?P<sign>[-−+]?)[£$€]?(?P<whole>\d+(?:[_,]\d{3})*)(?P<rest>\.\d+)?(?:\s*/\s*(?P<over>\d+))?\s*(?P<per>%?)"
)


def exact(given: str | int | Decimal | Fraction) -> Fraction:
    """The number as written: `40 %`, `1_000_000`, `£1,000,000`, `0.0285`, `1/3`, `-2`.

    Raises ValueError where the text is no number, and TypeError for a float.
    """
    if isinstance(given, Fraction):
        return given
    if isinstance(given, bool | float):
        raise TypeError(f"{given!r} is no exact number: give it as text")
    if not isinstance(given, str):
        return Fraction(given)
    found = _NUMBER.fullmatch(given.strip())
    if not found or found["over"] == "0":
        raise ValueError(f"'{given}' is not a number; write for example 40 %, 1_000_000, 0.0285 or 1/3")
    digits = found["whole"].replace("_", "").replace(",", "") + (found["rest"] or "")
    number = Fraction(digits) / int(found["over"] or 1) / (100 if found["per"] else 1)
    return -number if found["sign"] in ("-", "−") else number


def spelled(number: Fraction) -> str:
    """The shortest exact text: a decimal where it ends (0.025), otherwise a fraction (1/3)."""
    rest, places = number.denominator, 0
    for prime in (2, 5):
        times = 0
        while rest % prime == 0:
            rest, times = rest // prime, times + 1
        places = max(places, times)
    if rest != 1:
        return str(number)
    whole = str(abs(number.numerator) * (10**places // number.denominator)).zfill(places + 1)
    text = f"{whole[:-places]}.{whole[-places:]}" if places else whole
    return f"-{text}" if number < 0 else text


def _exact(given: Any) -> Fraction:
    try:
        return exact(given)
    except (ValueError, TypeError):
        raise wrong(f"'{given}'", "write a number, for example 40 %, 1_000_000, 0.0285 or 1/3") from None


Exact = Annotated[
    Fraction,
    BeforeValidator(_exact),
    PlainSerializer(spelled),
    WithJsonSchema({"type": ["string", "number"], "description": "a number: 40 %, 1_000_000, 0.0285, 1/3"}),
]
"""A rational number in a model: read from text, written back as the shortest exact text."""

_ROOM = 2**62
"""Results that might reach this are worked out on Python's own integers."""


def _peak(whole: Ints) -> int:
    return int(np.abs(whole).max()) if whole.size else 0


class Ratios:
    """An array of exact rational numbers, in lowest terms with positive denominators.

    Arrays of length one stretch to the length of the other side. Nothing is ever rounded except by
    `rounded`. Comparisons give arrays of truth values.
    """

    __hash__ = None  # type: ignore[assignment]  # compared item by item, like an array
    __slots__ = ("over", "top")

    def __init__(self, top: Ints, over: Ints):
        """Reduce `top / over` to lowest terms; ZeroDivisionError where a denominator is 0."""
        if not np.all(over):
            raise ZeroDivisionError("a ratio needs a denominator other than zero")
        if top.dtype != over.dtype:
            top, over = top.astype(object), over.astype(object)
        common = np.gcd(top, over)
        common = np.where(over < 0, -common, common)
        self.top, self.over = _settled(top // common, over // common)

    @classmethod
    def of(cls, numbers: Iterable[str | int | Decimal | Fraction]) -> "Ratios":
        """From numbers or their text."""
        parts = [exact(number).as_integer_ratio() for number in numbers]
        top, over = (np.array([part[i] for part in parts], dtype=object) for i in (0, 1))
        return cls(*_settled(top, over))

    def __len__(self) -> int:
        return len(self.top)

    def __getitem__(self, i: int) -> Fraction:
        return Fraction(int(self.top[i]), int(self.over[i]))

    def __repr__(self) -> str:
        return f"Ratios({', '.join(spelled(number) for number in self.list())})"

    def list(self) -> "list[Fraction]":
        """The numbers one by one."""
        return [self[i] for i in range(len(self))]

    def stretched(self, length: int) -> "Ratios":
        """The same, repeated to `length` where it has length one."""
        if len(self) == length:
            return self
        return _bare(np.broadcast_to(self.top, length), np.broadcast_to(self.over, length))

    def taken(self, places: npt.NDArray[Any]) -> "Ratios":
        """Those at `places` (indices or truth values)."""
        return _bare(self.top[places], self.over[places])

    def __neg__(self) -> "Ratios":
        return _bare(-self.top, self.over)

    def __abs__(self) -> "Ratios":
        return _bare(np.abs(self.top), self.over)

    def __add__(self, other: "Ratios") -> "Ratios":
        return self._sum(other, operator.add)

    def __sub__(self, other: "Ratios") -> "Ratios":
        return self._sum(other, operator.sub)

    def _sum(self, other: "Ratios", op: Callable[[Any, Any], Any]) -> "Ratios":
        a, b, c, d = _roomy(self.top, self.over, other.top, other.over)
        return Ratios(op(a * d, c * b), b * d)

    def __mul__(self, other: "Ratios") -> "Ratios":
        a, b, c, d = _roomy(self.top, self.over, other.top, other.over)
        return Ratios(a * c, b * d)

    def __truediv__(self, other: "Ratios") -> "Ratios":
        a, b, c, d = _roomy(self.top, self.over, other.top, other.over)
        return Ratios(a * d, b * c)

    def _compared(self, other: "Ratios", op: Callable[[Any, Any], Any]) -> Flags:
        a, b, c, d = _roomy(self.top, self.over, other.top, other.over)
        return np.asarray(op(a * d, c * b), dtype=np.bool_)

    def __lt__(self, other: "Ratios") -> Flags:
        return self._compared(other, operator.lt)

    def __le__(self, other: "Ratios") -> Flags:
        return self._compared(other, operator.le)

    def __gt__(self, other: "Ratios") -> Flags:
        return self._compared(other, operator.gt)

    def __ge__(self, other: "Ratios") -> Flags:
        return self._compared(other, operator.ge)

    def __eq__(self, other: object) -> Flags:  # type: ignore[override]
        if not isinstance(other, Ratios):
            return NotImplemented
        return self._compared(other, operator.eq)

    def __ne__(self, other: object) -> Flags:  # type: ignore[override]
        return ~(self == other)

    def rounded(self, places: int, mode: Rounding) -> "Ratios":
        """To `places` decimals (2: pence where the unit is pounds)."""
        scale = Ratios.of([Fraction(10) ** places])
        scaled = self * scale
        size = np.abs(scaled.top) // scaled.over
        twice, over = _roomy(np.abs(scaled.top) % scaled.over, scaled.over)
        if mode == "half up":
            size = size + (twice * 2 >= over)
        elif mode == "half even":
            size = size + ((twice * 2 > over) | ((twice * 2 == over) & (size % 2 == 1)))
        return Ratios(np.where(scaled.top < 0, -size, size), np.ones_like(size)) / scale


def choose(flags: Flags, yes: Ratios, no: Ratios) -> Ratios:
    """`yes` where the flag is set, `no` elsewhere."""
    return _bare(np.where(flags, yes.top, no.top), np.where(flags, yes.over, no.over))


def lesser(a: Ratios, b: Ratios) -> Ratios:
    """The smaller of each pair."""
    return choose(a <= b, a, b)


def greater(a: Ratios, b: Ratios) -> Ratios:
    """The larger of each pair."""
    return choose(a >= b, a, b)


def _bare(top: Ints, over: Ints) -> Ratios:
    """Parts already in lowest terms."""
    made = Ratios.__new__(Ratios)
    made.top, made.over = top, over
    return made


def _settled(top: Ints, over: Ints) -> tuple[Ints, Ints]:
    """Back to int64 where both fit."""
    if top.dtype == object and max(_peak(top), _peak(over)) < _ROOM:
        return top.astype(np.int64), over.astype(np.int64)
    return top, over


def _roomy(*parts: Ints) -> tuple[Ints, ...]:
    """The parts as they are where no sum of two products of them can overflow, otherwise as Python integers."""
    peaks = sorted((_peak(part) for part in parts), reverse=True)
    if peaks[0] * peaks[1] * 2 < _ROOM and all(part.dtype != object for part in parts):
        return parts
    return tuple(part.astype(object) for part in parts)


ZERO = Ratios.of([0])
ONE = Ratios.of([1])
