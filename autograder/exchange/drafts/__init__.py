"""Another tool's notebook as a draft of an assignment: `autograder import`."""
