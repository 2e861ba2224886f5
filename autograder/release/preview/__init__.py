"""The solved notebooks, run and shown: `autograder preview`, and what `verify --explore` finds."""
