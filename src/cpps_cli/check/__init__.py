"""Whether a library is right: rules of one contract, and across contracts.

Every rule yields diagnostics and judges one thing; the rules of a file's shape are the reader's,
those of changes are `engine`'s, and both are asked here so that one answer holds all. This room
never reads a file (it is handed a reader), never writes, never words a sentence.
"""
