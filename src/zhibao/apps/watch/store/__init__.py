"""Everything that writes listings, hits and leads in bulk."""
