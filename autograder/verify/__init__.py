"""The grader is graded: `verify` proves that an assignment keeps its promises."""
