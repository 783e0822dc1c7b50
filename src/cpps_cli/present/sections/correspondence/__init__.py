"""What became of the sheets of one generation of a contract in the next, as a document."""
