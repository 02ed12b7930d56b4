"""Tables of listings, marks and hits as files: CSV, JSON Lines, Parquet and Excel, told by the file's ending.

Knows the columns of CONTRACT and their Chinese names; does not know what is done with the rows.
"""
