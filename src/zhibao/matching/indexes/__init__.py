"""Fast ways to the places where a mark may stand. Each only proposes; the slow comparison decides."""
