"""A contract said as the tables of a workbook, one module for each group of them."""
