"""The local contracts of a parent as tables for engines, a file for each département.

These tables are for questions about very many contracts: every row says which contract and which
place it is about, lists are lists, and nothing has to be joined to be counted. Columns are named as
in the csv and the JSON of `derive` and `coverage`, and count to the same numbers. Nothing here
knows how a file is written.
"""
