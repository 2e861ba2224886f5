"""From an assignment to what students get: notebooks, checker, visible cases."""
