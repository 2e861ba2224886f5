"""One submission: reference, comparison, score, forbidden calls, diagnosis."""
