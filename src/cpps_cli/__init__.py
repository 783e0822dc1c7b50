"""Local prevention and public safety contracts as text, from the parent to each territory."""

__version__ = "0.1.0"
