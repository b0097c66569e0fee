"""Code lists: what a code means, and which codes a word in a definition stands for."""

from collections.abc import Iterable, Mapping
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, model_validator

from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.problem import wrong


class Code(BaseModel):
    """One code and its meaning. `F20-F29` is a range of three-character categories (ICD-10)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    meaning: str

    @property
    def ends(self) -> tuple[str, str] | None:
        """First and last category of a range; None for a single code."""
        first, dash, last = self.code.partition("-")
        return (first, last) if dash and len(first) == len(last) == 3 else None


class CodeList(BaseModel):
    """Codes under one name, with where they come from. In YAML `codes` is a mapping of code to meaning."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Slug
    title: str
    source: str
    codes: tuple[Code, ...]

    @model_validator(mode="before")
    @classmethod
    def _from_mapping(cls, given: Any) -> Any:
        if isinstance(given, dict) and isinstance(given.get("codes"), dict):
            pairs = [{"code": code, "meaning": meaning} for code, meaning in given["codes"].items()]
            return {**given, "codes": pairs}
        return given

    @model_validator(mode="after")
    def _once(self) -> Self:
        codes = [item.code for item in self.codes]
        twice = sorted({code for code in codes if codes.count(code) > 1})
        if twice:
            raise wrong(f"{', '.join(twice)} twice", "write every code once")
        return self


class Codes(BaseModel):
    """What a choice of codes and code lists stands for: single codes and ranges of categories."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    single: tuple[str, ...] = ()
    ranges: tuple[tuple[str, str], ...] = ()

    def __contains__(self, code: object) -> bool:
        if not isinstance(code, str):
            return False
        return code in self.single or any(first <= code[:3] <= last for first, last in self.ranges)

    @classmethod
    def of(cls, choice: Iterable[str], lists: Mapping[str, CodeList]) -> "Codes":
        """Resolve names of code lists; whatever is no name of a list is a code itself."""
        items: list[Code] = []
        for name in choice:
            items += lists[name].codes if name in lists else (Code(code=name, meaning=""),)
        ranges = sorted({ends for item in items if (ends := item.ends)})
        return cls(single=tuple(sorted({i.code for i in items if not i.ends})), ranges=tuple(ranges))
