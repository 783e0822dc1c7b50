"""Finds what is due on a given day.

The day is an argument: this room never asks what day it is, never reads a file and never words a
sentence. No state says more than we know: `overdue` means that no renegotiation is on record.
"""
