"""Writes diagnostics for people, editors and other tools: one value, one writer for each format."""
