"""A module for each matter: what a room found, as sections, a table and the keys of JSON."""
