"""Formats: notebooks, percent files, IPython's syntax, Python source as trees."""
