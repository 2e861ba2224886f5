"""Every slip that a source allows, by what it is made in."""
