"""Everything that writes the tables of matters: the record, what is derived from it, and the numbers."""
