"""Names that an author misspelt: what Python says of them, and names of libraries that a list knows."""
