"""A contract and its local contracts as tables for programs, one module for each group of them.

Names and descriptions are in English, like the keys of the JSON; texts are those of the library, to
the letter. Every row that another table speaks of has an id of its own, the same in every package,
so that packages can be put together.
"""
