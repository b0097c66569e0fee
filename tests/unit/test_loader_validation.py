"""Every mistake in a file is placed at its line and answered with what to write instead; one mistake, one message."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import pytest
from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag, model_validator

from obc.domain.core.kernel.money import Currency
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.period import Length
from obc.domain.core.kernel.problem import wrong
from obc.loaders.validation import validate
from obc.loaders.yaml_nodes import Document, read_yaml


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Colour(StrEnum):
    RED = "red"
    GREEN = "green"


class Fixed(Part):
    kind: Literal["fixed"]
    amount: int


class Share(Part):
    kind: Literal["share"]
    percent: Decimal = Field(gt=0, le=100)


class Leaf(Part):
    leaf: str
    points: int = Field(description="what it counts")


class Branch(Part):
    all: tuple["Tree", ...] = Field(min_length=1)


def _which(given: Any) -> str | None:
    return next((key for key in ("leaf", "all") if key in given), None) if isinstance(given, dict) else None


Tree = Annotated[Annotated[Leaf, Tag("leaf")] | Annotated[Branch, Tag("all")], Discriminator(_which)]
Branch.model_rebuild()


class Pair(Part):
    name: str
    size: int


def _pairs(given: Any) -> Any:
    return [{"name": k, "size": v} for k, v in given.items()] if isinstance(given, dict) else given


class Sheet(Part):
    id: Slug
    title: str = Field(min_length=3)
    review_by: date | None = Field(default=None, alias="review by")
    start: date = date(2014, 4, 1)
    currency: Currency = "GBP"
    lasts: Length | None = None
    colour: Colour = Colour.RED
    direction: Literal["higher is better", "lower is better"] = "higher is better"
    pays: bool = True
    of: tuple[Annotated[Fixed | Share, Field(discriminator="kind")], ...] = ()
    tree: Tree | None = None
    sizes: Annotated[tuple[Pair, ...], BeforeValidator(_pairs)] = ()
    note: str | None = None

    @model_validator(mode="after")
    def _not_both(self) -> Self:
        if self.note == self.title:
            raise wrong("a note that repeats the title", "write something new")
        return self


HEAD = "id: a-sheet\ntitle: A sheet\n"


def check(tmp_path: Path, text: str) -> tuple[Sheet | None, list[tuple[int | None, str, str, str]]]:
    path = tmp_path / "x.yaml"
    path.write_text(text)
    sheet, problems = validate(read_yaml(path, "x.yaml"), Sheet)
    return sheet, [(p.line, p.where, p.found, p.expected) for p in problems]


def test_text_becomes_what_the_model_wants(tmp_path: Path) -> None:
    sheet, problems = check(
        tmp_path,
        HEAD + "review by: 2027-04-01\nlasts: 9 months\npays: no\nnote: 012\n"
        "of: [{kind: share, percent: 0.1234567890123456789}, {kind: fixed, amount: 1_000_000}]\n"
        "tree: {all: [{leaf: x, points: 5}]}\nsizes: {year 1: 3}\n",
    )
    assert problems == []
    assert sheet is not None
    assert sheet.review_by == date(2027, 4, 1)
    assert sheet.lasts is not None and sheet.lasts.months == 9
    assert sheet.pays is False
    assert sheet.note == "012"
    assert sheet.of == (
        Share(kind="share", percent=Decimal("0.1234567890123456789")),
        Fixed(kind="fixed", amount=1_000_000),
    )
    assert sheet.sizes == (Pair(name="year 1", size=3),)


@pytest.mark.parametrize(
    ("line", "where", "found", "expected"),
    [
        ("review by: 2027-02-31", "review by", "'2027-02-31'", "2014-04-01"),
        ("review by: 01/04/2027", "review by", "'01/04/2027'", "2014-04-01"),
        ("review by: 0", "review by", "'0'", "2014-04-01"),
        ("start:", "start", "nothing", "2014-04-01"),
        ("reviewby: 2027-04-01", "reviewby", "the key 'reviewby'", "did you mean 'review by'?"),
        ("zzz: 1", "zzz", "the key 'zzz'", "the keys here are id, title, review by"),
        ("currency: pounds", "currency", "'pounds'", "such as GBP"),
        ("lasts: 9 monts", "lasts", "'9 monts'", "write for example '9 months'"),
        ("colour: gren", "colour", "'gren'", "did you mean 'green'"),
        ("colour: 7", "colour", "'7'", "write one of red, green"),
        ("direction: higher", "direction", "'higher'", "did you mean 'higher is better'"),
        ("pays: perhaps", "pays", "'perhaps'", "yes or no"),
        ("of: 3", "of", "'3'", "write a list"),
        ("of: [3]", "of > item 1", "'3'", "keys and values"),
        ("of: [{amount: 3}]", "of > item 1", "the keys amount", "add kind: …"),
        ("of: [{kind: fixd, amount: 3}]", "of > item 1", "'fixd'", "did you mean 'fixed'"),
        ("of: [{kind: fixed, amount: 3.5}]", "of > item 1 > amount", "'3.5'", "a whole number"),
        ("of: [{kind: fixed}]", "of > item 1", "no 'amount'", "add 'amount: …'"),
        ("of: [{kind: fixed, amont: 3}]", "of > item 1 > amont", "the key 'amont'", "write 'amount'"),
        ("of: [{kind: fixed, amount: 3, b: 1}]", "of > item 1 > b", "the key 'b'", "are kind, amount"),
        ("of: [{kind: share, percent: 120}]", "of > item 1 > percent", "'120'", "write 100 or less"),
        ("of: [{kind: share, percent: much}]", "of > item 1 > percent", "'much'", "write a number"),
        ("tree: {leaf: x}", "tree", "no 'points'", "add 'points: …' (what it counts)"),
        ("tree: {leaf: x, points: y}", "tree > points", "'y'", "a whole number"),
        ("tree: {all: []}", "tree > all", "a list of 0", "write at least 1"),
        ("tree: {all: [{leaf: [], points: 1}]}", "tree > all > item 1 > leaf", "a list of 0", "write text"),
        ("sizes: {year 1: many}", "sizes > year 1", "'many'", "a whole number"),
        ("note: A sheet", "the file", "a note that repeats", "write something new"),
        ("note: {a: 1}", "note", "the keys a", "write text"),
    ],
)
def test_one_mistake_gives_one_message(tmp_path: Path, line: str, where: str, found: str, expected: str) -> None:
    sheet, problems = check(tmp_path, HEAD + line + "\n")
    assert sheet is None
    ((at, there, what, cure),) = problems
    assert at == (1 if where == "the file" else 3)
    assert there == where
    assert found in what
    assert expected in cure


def test_a_slug_is_proposed(tmp_path: Path) -> None:
    _, problems = check(tmp_path, "id: A Sheet!\ntitle: ab\n")
    assert problems == [
        (1, "id", "'A Sheet!'", "write lower-case words joined by hyphens: 'a-sheet'"),
        (2, "title", "'ab'", "write at least 3 characters"),
    ]


def test_all_mistakes_at_once_in_the_order_of_lines(tmp_path: Path) -> None:
    _, problems = check(
        tmp_path, "title: A sheet\nstart: yesterday\nof:\n  - kind: fixed\n    amount: x\ntitle: again\nzzz: 1\n"
    )
    assert [(line, found) for line, _, found, _ in problems] == [
        (1, "no 'id'"),
        (2, "'yesterday'"),
        (5, "'x'"),
        (6, "the key 'title' a second time (first on line 1)"),
        (7, "the key 'zzz'"),
    ]


def test_a_refused_value_gets_no_second_message(tmp_path: Path) -> None:
    _, problems = check(tmp_path, "id: &here a-sheet\ntitle: *here\n")
    assert [found for _, _, found, _ in problems] == ["the anchor '&here'", "the alias '*here'"]


def test_long_values_are_cut_short(tmp_path: Path) -> None:
    _, ((_, _, found, _),) = check(tmp_path, HEAD + f"start: {'9' * 500}\n")
    assert len(found) < 65


def test_a_list_where_keys_should_be(tmp_path: Path) -> None:
    _, problems = check(tmp_path, "- a\n- b\n")
    assert problems == [(1, "the file", "a list of 2", "write keys and values here")]


def test_a_document_without_content_says_only_why() -> None:
    document = Document(file="x.yaml")
    assert validate(document, Sheet) == (None, ())


class Row(Part):
    rows: tuple[Pair, ...]

    @model_validator(mode="after")
    def _names_differ(self) -> Self:
        for i, row in enumerate(self.rows):
            if row.name in [one.name for one in self.rows[:i]]:
                raise wrong(f"'{row.name}' twice", "name each once", "rows", i, "name")
        return self


def test_a_validator_can_say_where(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("rows:\n  - {name: a, size: 1}\n  - size: 2\n    name: a\n")
    _, problems = validate(read_yaml(path, "x.yaml"), Row)
    assert [(p.line, p.where) for p in problems] == [(4, "rows > item 2 > name")]
