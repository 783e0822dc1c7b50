"""Documents for people, in the formats of their tools: neutral values in, one file per format.

This room never reads the library, never chooses what is in a document and never prints.
"""
