"""What the terminal shows: tables, JSON, diagnostics.

`views` turn what a room answered into an `Answer` (blocks for people, a document for scripts);
`printing` writes it in a format; `faults` shows diagnostics. This room never reads a file, never
decides anything about a contract. What comes from data is shown as inert text.
"""
