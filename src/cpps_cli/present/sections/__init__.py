"""One module for each kind of answer: from what a room found to blocks, a table and a document.

The documents are typed (`TypedDict`), and `cpps schema` prints their JSON Schemas: keys may be
added, never changed.
"""
