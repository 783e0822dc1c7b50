"""Text to nouns and back: the only room that touches files (read, positions, write).

Its modules are imported one by one, so that a question that needs names only (`locate`) loads
no model. It never judges what nouns mean together and never words a sentence.
"""
