"""Says what a room found, and knows no format: a tree of sections, the keys of JSON, rows of csv.

`document` is the tree, `shapes` declare keys, `sections` put a noun into both, `facts` are tables.
This room opens no file, and decides nothing about a contract.
"""
