"""Pages over a whole term: the gradebook, and what the checks tell."""
