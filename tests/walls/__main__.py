"""See `tests.walls.run`."""

from tests.walls.run import main

main()
