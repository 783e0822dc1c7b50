"""Documents for people who never open a terminal.

`dossier` is what a document is made from; `contract/` says it as an `outline`, which knows nothing
of how it looks; each `to_FORMAT` writes an outline, or the tables of a dossier, as bytes; `written`
knows every format. This room opens no file: the verb writes what it is given.
"""
