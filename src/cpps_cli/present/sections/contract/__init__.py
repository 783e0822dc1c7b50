"""A contract said as an outline, chapter by chapter; each chapter is a module."""
