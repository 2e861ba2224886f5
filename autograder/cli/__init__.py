"""The command line: options, and the commands of authors, graders and operators."""
