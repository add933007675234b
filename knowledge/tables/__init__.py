"""Files that hold tables, row by row and never whole: text of any encoding, workbooks; and how a cell is written so that it does no harm."""
