"""Everything that writes evidence: files on the disk, custody and the log in the database."""
