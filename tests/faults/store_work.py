"""One piece of work on a store, to be killed: `python -m tests.faults.store_work WORK COURSE [ARGUMENT]`.

It says "ready" when everything is imported, so that whoever kills it hits the work and not the imports.
"""

from __future__ import annotations

import sys
from pathlib import Path

import autograder
from autograder.pipeline.course_store import bank_folder, class_store, demand_database
from autograder.pipeline.rescore import Rescorer
from autograder.store.backup import back_up
from tests.faults.classroom import FOLDER, WARM

SLUG = FOLDER.name


def main() -> None:
    work, root, *rest = sys.argv[1:]
    course = autograder.load_course(root)
    secret = (Path(root) / ".autograder" / "seed").read_bytes().strip()
    database = demand_database(course, secret)
    print("ready", flush=True)
    if work == "grade":
        options = {"sandbox": "process", "sandbox_options": {"warm_imports": WARM}}
        autograder.grade_class(course, SLUG, [rest[0]], **options)  # type: ignore[arg-type]
    elif work == "rescore":
        store = class_store(database, SLUG).because("rescored", "more points")
        results = list(Rescorer(course, SLUG, store, bank_folder(course, SLUG)).score(store.attempts(), apply=True))
        assert all(result.change is not None for result in results), results
    elif work == "backup":
        back_up(database, Path(rest[0]))
    else:  # opening it brings the schema up
        with database.reading():
            pass


if __name__ == "__main__":
    main()
