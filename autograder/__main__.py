"""`python -m autograder` is the command `autograder`."""

from autograder.cli.main import main

main(prog_name="autograder")
