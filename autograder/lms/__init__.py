"""Grades back into a learning management system: its own files, edited where the grades stand and nowhere else."""
