"""Reports of a day, week, month, quarter or year: figures with their definitions, each counted from the raw rows of the period."""
