"""The same twenty submissions before this grader and before others that grade notebooks."""
