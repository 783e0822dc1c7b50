"""A Word document in its parts: styles, lists, tables, notes, and the package that holds them.

Imports python-docx at the start: only `to_docx` imports this, once it knows that it is installed.
"""
