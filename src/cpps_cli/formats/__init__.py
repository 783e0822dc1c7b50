"""Writes what `present` says, a module for each format; `registry` has them all.

This room opens no file of a user: the verb puts what it is given where it belongs.
"""
