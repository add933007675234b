"""Tables of a page: which hold data and which only lay the page out."""

from __future__ import annotations

from knowledge.ingest.readers.html_tree import Node
from knowledge.ingest.readers.tables import MAX_COLUMNS, MAX_ROWS, Cell

_LONG_CELL = 400


def is_data_table(table: Node) -> bool:
    """Rows and columns of short cells. A table with another in it, or with one column, lays out the page."""
    inner = [node for node in table.walk() if node is not table and node.tag == "table"]
    if inner:
        return False
    rows = rows_of(table)
    filled = [row for row in rows if any(cell.text for cell in row)]
    if len(filled) < 2 or max(len(row) for row in filled) < 2:
        return False
    cells = [cell for row in filled for cell in row if cell.text]
    return sum(len(cell.text) <= _LONG_CELL for cell in cells) >= 0.8 * len(cells) and max(len(cell.text) for cell in cells) <= 4_000


def rows_of(table: Node) -> list[list[Cell]]:
    """The cells of a table's rows, where they start; its caption is a row of its own."""
    rows: list[list[Cell]] = []
    for node in _rows(table):
        if node.tag == "caption":
            rows.append([Cell(node.all_text(), columns=MAX_COLUMNS)])
            continue
        cells = [child for child in node.children if child.tag in ("td", "th")]
        heading = bool(cells) and all(cell.tag == "th" for cell in cells)
        rows.append([_cell(cell, heading) for cell in cells])
    width = max((sum(cell.columns for cell in row) for row in rows if row and row[0].columns < MAX_COLUMNS), default=1)
    return [[Cell(cell.text, cell.rows, min(cell.columns, width), cell.heading) for cell in row] for row in rows]


def _rows(table: Node) -> list[Node]:
    found = []
    for child in table.children:
        if child.tag in ("tr", "caption"):
            found.append(child)
        elif child.tag in ("thead", "tbody", "tfoot"):
            found += [row for row in child.children if row.tag == "tr"]
    return found


def _cell(node: Node, heading: bool) -> Cell:
    return Cell(node.all_text(), _span(node, "rowspan", MAX_ROWS), _span(node, "colspan", MAX_COLUMNS), heading)


def _span(node: Node, name: str, most: int) -> int:
    value = node.attributes.get(name, "1").strip()
    return min(most, max(1, int(value))) if value.isdecimal() and len(value) < 7 else 1
