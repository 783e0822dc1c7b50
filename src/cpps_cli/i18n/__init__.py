"""The language of people: the catalogue, days and periods, the words of the field, inert text.

`present` says with them what `formats` writes. This room decides nothing about a contract, lays
nothing out and never reads a file of a library.
"""
