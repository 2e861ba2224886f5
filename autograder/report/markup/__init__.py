"""What course text becomes on a page."""
