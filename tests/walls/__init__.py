"""The walls are tested by being taken down: one line at a time, in a copy, and each time a test must notice."""
