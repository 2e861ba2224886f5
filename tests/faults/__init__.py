"""What is left, and what is lost, when parts of the platform are killed."""
