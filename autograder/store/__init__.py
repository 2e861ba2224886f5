"""Where graded submissions are kept: an interface, the folder of reports, and who made a temporary file."""
