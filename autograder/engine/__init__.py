"""Where submissions are graded in parallel: each engine is a `concurrent.futures.Executor`."""
