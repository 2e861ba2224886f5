"""Benchmarks: `python -m tests.benchmarks [bare] [jobs] [growth] [peers]`, or `make bench` for all of them.

What is compared is measured in the same run, side by side, and told as a ratio: the machine is shared, and its speed
today is nobody's concern. Nothing here is a test, and no test holds a time.
"""
