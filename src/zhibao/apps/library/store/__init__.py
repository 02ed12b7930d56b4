"""What writes the library's rows; actions decide who may ask for it."""
