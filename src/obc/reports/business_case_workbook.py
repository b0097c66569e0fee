"""The model as a workbook with live formulas: change an input and everything that depends on it follows.

Amounts are in the major unit (pounds). Inputs are in the sheet 'Inputs', the sheet 'Services' and the sheet 'Savings';
everything in 'Projection' is a formula. Cells hold the model's own results as well, so that the workbook reads the
same where nothing recalculates it.
"""

import io
from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from obc.domain.money.finance.amount import label
from obc.domain.money.finance.drivers import NEUTRAL
from obc.domain.money.finance.finance import Finance
from obc.domain.money.finance.growth import in_year
from obc.domain.money.finance.projection import OPTIONS, exact_ramp, planned_savings
from obc.domain.money.finance.service import SCOPES
from obc.domain.programme.case_for_change.case import Case

_CREATED = datetime(2000, 1, 1)
"""A fixed day in the file's properties, so that the same case gives the same bytes."""
_A4 = 9
_POUNDS, _RATE, _FIRST = "#,##0", "0.00%", 2
"""Formats; and the column of the base year."""


def case_workbook(case: Case, finance: Finance) -> bytes:
    """The bytes of an .xlsx file with the sheets Notes, Inputs, Services, Savings and Projection."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": f"Business case: {case.title}", "created": _CREATED})
        _Model(book, case, finance).write()
    return out.getvalue()


class _Model:
    """One workbook: its sheets, and where each input stands."""

    def __init__(self, book: Any, case: Case, finance: Finance):
        self.case, self.finance = case, finance
        self.years = [label(year) for year in finance.all_years]
        self.bold = book.add_format({"bold": True})
        self.head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        self.year = book.add_format({"bold": True, "bottom": 1, "align": "right", "text_wrap": True})
        self.index = book.add_format({"num_format": "0.0000"})
        self.word = book.add_format({"indent": 1})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self.money = book.add_format({"num_format": _POUNDS})
        self.sum = book.add_format({"num_format": _POUNDS, "bold": True, "top": 1})
        self.rate = book.add_format({"num_format": _RATE})
        self.input_money = book.add_format({"num_format": _POUNDS, "bg_color": "#FFF7DB"})
        self.input_rate = book.add_format({"num_format": _RATE, "bg_color": "#FFF7DB"})
        self.input_plain = book.add_format({"num_format": "0.00", "bg_color": "#FFF7DB"})
        self.sheets = {
            name: book.add_worksheet(name) for name in ("Notes", "Inputs", "Services", "Savings", "Projection")
        }

    def write(self) -> None:
        """Fill every sheet, and set each to print on one page's width."""
        for sheet in self.sheets.values():
            sheet.set_landscape()
            sheet.set_paper(_A4)
            sheet.fit_to_pages(1, 0)
        self._notes()
        self._inputs()
        self._services()
        self._savings()
        self._projection()

    def _notes(self) -> None:
        sheet = self.sheets["Notes"]
        sheet.set_column(0, 0, 100, self.wrapped)
        lines = (
            f"Business case: {self.case.title}",
            "Shaded cells are inputs. Everything else is worked out from them: change one and recalculate.",
            f"Amounts are in {self.case.currency}. Savings are cumulative. Results are rounded to the hundredth.",
            "Planned savings are what the case takes; rows by cluster stand above them with their own sum.",
            "Drivers are neutral as written: 100% delivered, nothing late, no cost that stays, no unmet demand.",
        )
        for y, line in enumerate(lines):
            sheet.write_string(y, 0, line, self.bold if y == 0 else self.wrapped)

    def _inputs(self) -> None:
        sheet = self.sheets["Inputs"]
        sheet.set_column(0, 0, 44)
        sheet.set_column(1, len(self.years) + 1, 14)
        self._heads(sheet, "Rates by year")
        rows = [
            (growth.title, growth.id, self.input_rate, [self.finance.rate(growth, year) for year in self.finance.years])
            for growth in self.finance.growth
        ]
        rows.append(
            (
                self.finance.efficiency.title,
                "efficiency",
                self.input_rate,
                [self.finance.efficiency_rate(year) for year in self.finance.years],
            )
        )
        uplift = [in_year(self.finance.envelope.uplift, year) for year in self.finance.years]
        rows.append(("Uplift of the envelope", "uplift", self.input_rate, uplift))
        invested = [Fraction(amount, 100) for amount in self.finance.investment()]
        rows.append(("Planned investment", "investment", self.input_money, invested))
        self.at: dict[str, int] = {}
        for y, (title, name, form, values) in enumerate(rows, 1):
            self.at[name] = y
            sheet.write_string(y, 0, title)
            for i, value in enumerate(values):
                sheet.write_number(y, _FIRST + 1 + i, float(value), form)
        y = len(rows) + 2
        sheet.write_string(y, 0, "Drivers", self.head)
        sheet.write_string(y, 1, "Value", self.head)
        drivers = {**{name: Fraction(value) for name, value in NEUTRAL.items()}, **exact_ramp(self.finance)}
        for name, value in drivers.items():
            y += 1
            self.at[name] = y
            sheet.write_string(y, 0, name.capitalize())
            form = self.input_plain if name == "months late" else self.input_rate
            sheet.write_number(y, 1, float(value), form)

    def _services(self) -> None:
        sheet = self.sheets["Services"]
        sheet.set_column(0, 0, 48)
        sheet.set_column(1, 7, 14)
        heads = ("Service", "Spend", "In", "Later", "Influence", "Out", "Apart", "Funded by")
        for x, head in enumerate(heads):
            sheet.write_string(0, x, head, self.year if 0 < x < len(heads) - 1 else self.head)
        funded = {service.id: service.funded_by for service in self.finance.services}
        lines = self.case.services.lines
        for y, line in enumerate(lines, 1):
            sheet.write_string(y, 0, line.title)
            sheet.write_number(y, 1, line.spend_minor / 100, self.input_money)
            for x, scope in enumerate(SCOPES, 2):
                sheet.write_number(y, x, getattr(line, f"{scope}_minor") / 100, self.input_money)
            sheet.write_formula(y, 6, f"=SUM(C{y + 1}:F{y + 1})-B{y + 1}", self.money, 0)
            sheet.write_string(y, 7, funded.get(line.service, "block"), self.word)
        self.total_row = len(lines) + 1
        total = self.case.services.total
        sheet.write_string(self.total_row, 0, "Total", self.bold)
        sums = (total.spend_minor, *(getattr(total, f"{scope}_minor") for scope in SCOPES), 0)
        for x, amount in enumerate(sums, 1):
            column = xl_col_to_name(x)
            sheet.write_formula(self.total_row, x, f"=SUM({column}2:{column}{self.total_row})", self.sum, amount / 100)
        self.cluster_row = self.total_row + 1
        sheet.write_string(self.cluster_row, 0, "In scope and funded by clusters", self.bold)
        span = f"H2:H{self.total_row}"
        formula = f'=SUMIF({span},"clusters",C2:C{self.total_row})'
        sheet.write_formula(self.cluster_row, 2, formula, self.sum, self.finance.cluster_funded / 100)

    def _savings(self) -> None:
        """Planned savings by year: the printed totals beside the sum of their rows, or the model's as amounts."""
        sheet = self.sheets["Savings"]
        sheet.set_column(0, 0, 48)
        sheet.set_column(1, len(self.years) + 1, 14)
        self._heads(sheet, "Cumulative savings")
        printed = self.finance.savings.printed
        y = 0
        for one in printed.clusters if printed else ():
            y += 1
            sheet.write_string(y, 0, f"{one.cluster} {one.title}")
            self._amounts(sheet, y, one.amounts)
        if printed:
            last, y = y, y + 1
            sheet.write_string(y, 0, "Sum of the rows", self.bold)
            for i in range(len(self.finance.years)):
                column = xl_col_to_name(_FIRST + 1 + i)
                value = sum(one.amounts[i] for one in printed.clusters) / 100
                sheet.write_formula(y, _FIRST + 1 + i, f"=SUM({column}2:{column}{last + 1})", self.sum, value)
        self.savings_row = y + 1
        sheet.write_string(self.savings_row, 0, f"Planned savings ({self.finance.savings.taken_from})", self.bold)
        self._amounts(sheet, self.savings_row, planned_savings(self.finance))

    def _projection(self) -> None:
        sheet = self.sheets["Projection"]
        sheet.set_column(0, 0, 48)
        sheet.set_column(1, len(self.years) + 2, 15)
        self._heads(sheet, "Costs by year")
        total = _FIRST + len(self.years)
        sheet.write_string(0, total, "All projected years", self.year)
        projection, case = self.case.projection, self.case
        rows = (
            ("Index of cost", self._index, None, None),
            ("Do nothing", self._nothing, projection.do_nothing_minor, OPTIONS[0]),
            ("Efficiency savings", self._efficiency, projection.efficiency_savings_minor, None),
            ("Do nothing with efficiency savings", self._with, projection.do_nothing_with_efficiency_minor, OPTIONS[1]),
            ("Outcomes-based savings", self._outcomes, projection.outcomes_savings_minor, None),
            ("Outcomes based", self._based, projection.outcomes_based_minor, OPTIONS[2]),
            ("Envelope", self._envelope, tuple(one.envelope_minor for one in case.envelope), None),
        )
        for y, (title, formula, amounts, option) in enumerate(rows, 1):
            sheet.write_string(y, 0, title, self.bold if option else None)
            for i in range(len(self.years)):
                value = float(self.finance.indices[i]) if amounts is None else amounts[i] / 100
                sheet.write_formula(
                    y, _FIRST + i, f"={formula(i)}", self.index if amounts is None else self.money, value
                )
            if option:
                span = f"{xl_rowcol_to_cell(y, _FIRST + 1)}:{xl_rowcol_to_cell(y, total - 1)}"
                sheet.write_formula(y, total, f"=SUM({span})", self.sum, sum(projection.option(option)[1:]) / 100)
        self._against(sheet, total)

    def _against(self, sheet: Any, total: int) -> None:
        y = 9
        for x, head in enumerate(("Against the best alternative", "Difference")):
            sheet.write_string(y, x, head, self.head)
        cells = {name: xl_rowcol_to_cell(row, total) for name, row in zip(OPTIONS, (2, 4, 6), strict=True)}
        found = {one.option: one.difference_minor for one in self.case.options}
        for i, name in enumerate(OPTIONS, 1):
            others = ",".join(cell for other, cell in cells.items() if other != name)
            sheet.write_string(y + i, 0, name.capitalize())
            sheet.write_formula(y + i, 1, f"={cells[name]}-MIN({others})", self.money, found[name] / 100)

    def _heads(self, sheet: Any, first: str) -> None:
        sheet.write_string(0, 0, first, self.head)
        for i, year in enumerate(self.years):
            sheet.write_string(0, _FIRST + i, year, self.year)
        sheet.freeze_panes(1, 1)

    def _amounts(self, sheet: Any, y: int, amounts: Sequence[int]) -> None:
        for i, amount in enumerate(amounts):
            sheet.write_number(y, _FIRST + 1 + i, amount / 100, self.input_money)

    def _input(self, name: str, i: int | None = None) -> str:
        """The cell of an input: of the year `i`, or of a driver."""
        column = 1 if i is None else _FIRST + i
        return f"Inputs!{xl_rowcol_to_cell(self.at[name], column, row_abs=True, col_abs=True)}"

    def _cell(self, row: int, i: int) -> str:
        return xl_rowcol_to_cell(row, _FIRST + i)

    def _index(self, i: int) -> str:
        grown = "*".join(f"(1+{self._input(growth.id, i)})" for growth in self.finance.growth)
        return "1" if i == 0 else "*".join(part for part in (self._cell(1, i - 1), grown) if part)

    def _nothing(self, i: int) -> str:
        return f"ROUND({self._cell(1, i)}*Services!$C${self.total_row + 1},2)"

    def _efficiency(self, i: int) -> str:
        if i == 0:
            return "0"
        asked = (f"{self._cell(1, k)}*{self._input('efficiency', k)}" for k in range(1, i + 1))
        spend = f"Services!$C${self.cluster_row + 1}*{self._input('efficiency delivered')}"
        return f"ROUND(({'+'.join(asked)})*{spend},2)"

    def _with(self, i: int) -> str:
        return f"{self._cell(2, i)}-{self._cell(3, i)}"

    def _outcomes(self, i: int) -> str:
        if i == 0:
            return "0"
        late = f"{self._input('months late')}/12"
        parts = (f"MIN(MAX({i}-{late}-{k},0),1)*({self._planned(k + 1)}-{self._planned(k)})" for k in range(i))
        kept = f"{self._input('savings delivered')}*(1-{self._input('cost that stays')})"
        return f"ROUND(({'+'.join(parts)})*{kept},2)"

    def _planned(self, i: int) -> str:
        return f"Savings!{self._cell(self.savings_row, i)}" if i else "0"

    def _based(self, i: int) -> str:
        extra = ""
        if i:
            unmet = f"{self._cell(1, i)}*Services!$C${self.total_row + 1}*{self._input('unmet demand')}"
            extra = f"+ROUND({unmet}+{self._input('investment made')}*{self._input('investment', i)},2)"
        return f"{self._cell(2, i)}-{self._cell(5, i)}{extra}"

    def _envelope(self, i: int) -> str:
        return (
            f"Services!$C${self.total_row + 1}" if i == 0 else f"{self._cell(7, i - 1)}*(1+{self._input('uplift', i)})"
        )
