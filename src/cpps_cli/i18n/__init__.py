"""The language of people: the catalogue, days and periods, the words of the field, inert text.

`render` shows them on a terminal, `export` writes them in documents. This room says; it decides
nothing about a contract, lays nothing out and never reads a file of a library.
"""
