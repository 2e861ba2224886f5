"""The checks proven by mutants: every version of the reference with one slip, and the check that catches it."""
