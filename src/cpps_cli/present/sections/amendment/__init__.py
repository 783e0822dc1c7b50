"""An amendment as the document that a council votes on, and what it does to each local contract."""
