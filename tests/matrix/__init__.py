"""The suite with other versions of Python and torch."""
