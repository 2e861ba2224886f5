"""Where graded submissions are kept: the interface of a store, a folder of reports, and a database."""
