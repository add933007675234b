"""From marks on a page to text in reading order: rows, tables, columns, running heads, paragraphs. PDF and recognised pictures share it."""
