"""A document as DOCX: true headings, header rows that repeat, pictures with their description."""

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from obc.reports import palette
from obc.reports.charts.chart import Chart
from obc.reports.document import Block, Document, Facts, Grid, Items, Note, Paragraph, Picture, Section, Words
from obc.reports.table import Table

_CREATED = datetime(2000, 1, 1)
"""A fixed day in the file's properties, so that the same document gives the same bytes."""
_WIDE, _MANY = 16.5, 6
"""Centimetres between the margins; with more columns than this a table is set smaller."""
_FACE = "Arial"


def word(document: Document) -> bytes:
    """The bytes of a .docx file (Office Open XML)."""
    made = docx.Document()
    _set_up(made, document)
    made.add_paragraph(document.subtitle, style="Subtitle")
    made.add_paragraph(document.title, style="Title")
    _contents(made, document)
    for block in document.blocks:
        _block(made, block, 1)
    foot = made.add_paragraph(document.foot)
    foot.runs[0].font.color.rgb = _colour(palette.MUTED)
    out = io.BytesIO()
    made.save(out)
    return _undated(out.getvalue())


def _undated(raw: bytes) -> bytes:
    """The same archive with the same day on every part of it: python-docx stamps them with the clock."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in given.namelist():
            made.writestr(zipfile.ZipInfo(name, _CREATED.timetuple()[:6]), given.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _set_up(made: Any, document: Document) -> None:
    properties = made.core_properties
    properties.title, properties.subject, properties.author = document.title, document.subtitle, ""
    properties.language, properties.comments = "en-GB", ""
    properties.created = properties.modified = _CREATED
    section = made.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm((21 - _WIDE) / 2)
    section.top_margin = section.bottom_margin = Cm(2)
    for name in ("Normal", "Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3", "List Bullet", "List Number"):
        style = made.styles[name]
        style.font.name, style.font.color.rgb = _FACE, _colour(palette.INK)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for slot in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
            fonts.set(qn(slot), _FACE)
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(theme), None)
    made.styles["Normal"].font.size = Pt(10.5)
    made.styles["Title"].font.size = Pt(22)
    made.styles["Subtitle"].font.color.rgb = _colour(palette.MUTED)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    made.styles["Normal"].element.get_or_add_rPr().append(language)
    _page_number(section.footer.paragraphs[0])


def _page_number(paragraph: Any) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    paragraph.add_run("Page ")
    _field(paragraph, "PAGE", "1")


def _field(paragraph: Any, code: str, shown: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = shown
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _contents(made: Any, document: Document) -> None:
    if len(document.sections) > 3:
        made.add_paragraph("Contents").runs[0].bold = True
        _list(made, [(section.title,) for section in document.sections], ordered=True)


def _block(made: Any, block: Block, level: int) -> None:
    match block:
        case Paragraph():
            paragraph = made.add_paragraph()
            _say(paragraph, block.words, size=13 if block.lead else None)
        case Facts():
            _facts(made, block)
        case Items():
            _list(made, block.entries, ordered=block.ordered)
        case Note():
            _note(made, block)
        case Grid():
            _table(made, block.table)
        case Picture():
            _picture(made, block.chart)
        case Section():
            made.add_heading(block.title, level=min(level, 3))
            for inner in block.blocks:
                _block(made, inner, level + 1)


def _list(made: Any, entries: Sequence[Words], *, ordered: bool) -> None:
    """A list; an ordered one begins at 1 again, which Word does only for a numbering of its own."""
    number = None
    if ordered:
        style = made.styles["List Number"].element
        numbering = made.part.numbering_part.numbering_definitions._numbering
        pattern = numbering.num_having_numId(style.pPr.numPr.numId.val).abstractNumId.val
        number = numbering.add_num(pattern)
        number.add_lvlOverride(ilvl=0).add_startOverride(1)
    for entry in entries:
        paragraph = made.add_paragraph(style="List Number" if ordered else "List Bullet")
        if number is not None:
            own = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            own.get_or_add_ilvl().val = 0
            own.get_or_add_numId().val = number.numId
        _say(paragraph, entry)


def _say(paragraph: Any, words: Words, size: float | None = None) -> None:
    for piece in words:
        run = paragraph.add_run(piece if isinstance(piece, str) else piece.text)
        if not isinstance(piece, str) and piece.kind == "strong":
            run.bold = True
        if not isinstance(piece, str) and piece.kind == "code":
            run.font.name = "Courier New"
        if size:
            run.font.size = Pt(size)


def _note(made: Any, note: Note) -> None:
    table = made.add_table(rows=1, cols=1)
    cell = table.rows[0].cells[0]
    _shade(cell, palette.PALE)
    _whole(table.rows[0], header=False)
    cell.paragraphs[0].add_run(note.title).bold = True
    cell.paragraphs[0].paragraph_format.keep_with_next = True
    _say(cell.add_paragraph(), note.words)
    made.add_paragraph()


def _facts(made: Any, facts: Facts) -> None:
    table = made.add_table(rows=1, cols=len(facts.facts))
    for cell, fact in zip(table.rows[0].cells, facts.facts, strict=True):
        _shade(cell, palette.PALE)
        name = cell.paragraphs[0].add_run(fact.name)
        name.font.size, name.font.color.rgb = Pt(9), _colour(palette.MUTED)
        figure = cell.add_paragraph().add_run(fact.figure)
        figure.bold, figure.font.size = True, Pt(13)
        if fact.meaning:
            meaning = cell.add_paragraph().add_run(fact.meaning)
            meaning.font.size, meaning.font.color.rgb = Pt(9), _colour(palette.MUTED)
    made.add_paragraph()


def _table(made: Any, table: Table, called: str | None = None) -> None:
    caption = made.add_paragraph(style="Normal")
    caption.add_run(table.caption if called is None else called).bold = True
    caption.paragraph_format.keep_with_next = True
    caption.paragraph_format.space_after = Pt(3)
    rows = [tuple(column.heading for column in table.columns), *table.shown_rows]
    rows += [table.shown_total] if table.shown_total else []
    grid = made.add_table(rows=len(rows), cols=len(table.columns), style="Table Grid")
    grid.autofit = False
    widths = _widths(rows)
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = Cm(width)  # writers differ in which of the two they go by: the grid's or the cells'
    size = 7.5 if len(table.columns) > _MANY else 8.5
    for y, (line, texts) in enumerate(zip(grid.rows, rows, strict=True)):
        strong = y == 0 or (table.shown_total is not None and y == len(rows) - 1)
        for x, (cell, text) in enumerate(zip(line.cells, texts, strict=True)):
            cell.width = Cm(widths[x])
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(1)
            paragraph.paragraph_format.space_before = Pt(1)
            paragraph.paragraph_format.line_spacing = 1.0
            run = paragraph.add_run(text)
            run.font.size, run.bold = Pt(size), strong
            if table.columns[x].numeric:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            if y == 0:
                _shade(cell, palette.PALE)
        _whole(line, header=y == 0)
    made.add_paragraph()


def _widths(rows: list[tuple[str, ...]]) -> list[float]:
    """Centimetres a column: the longest word must fit, long texts share what is left."""
    columns = list(zip(*rows, strict=True))
    least = [max(len(part) for text in texts for part in text.split() or [""]) * 0.19 + 0.45 for texts in columns]
    wanted = [max(min(max(map(len, texts)), 60) * 0.17 + 0.45, low) for texts, low in zip(columns, least, strict=True)]
    if sum(wanted) <= _WIDE:
        return [width * _WIDE / sum(wanted) for width in wanted]
    left = max(_WIDE - sum(least), 0)
    more = [want - low for want, low in zip(wanted, least, strict=True)]
    return [low + left * part / sum(more) for low, part in zip(least, more, strict=True)]


def _whole(line: Any, *, header: bool) -> None:
    """No row is torn by the end of a page; the first one stands on each page again."""
    properties = line._tr.get_or_add_trPr()
    for name in ("w:cantSplit", "w:tblHeader") if header else ("w:cantSplit",):
        properties.append(OxmlElement(name))


def _shade(cell: Any, colour: str) -> None:
    shade = OxmlElement("w:shd")
    for key, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", colour.removeprefix("#"))):
        shade.set(qn(key), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _picture(made: Any, chart: Chart) -> None:
    paragraph = made.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    shape = paragraph.add_run().add_picture(io.BytesIO(chart.png), width=Cm(min(_WIDE, chart.width * 0.024)))
    described = shape._inline.docPr
    described.set("descr", chart.sentence)
    described.set("title", chart.title)
    made.add_paragraph(chart.sentence)
    _table(made, chart.table, "The numbers in this picture")


def _colour(code: str) -> RGBColor:
    return RGBColor.from_string(code.removeprefix("#").upper())
