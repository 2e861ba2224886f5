"""What each check gave, in short, beside every report: statistics over a course need not open the reports.

Reports of an earlier revision are opened once, here.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from autograder.store.facts import read_facts

revision = "0003"
down_revision = "0002"

_reports = sa.table(
    "reports",
    sa.column("id", sa.Integer),
    sa.column("content", sa.LargeBinary),
    sa.column("checks", sa.Text),
    sa.column("diagnoses", sa.Text),
)


def upgrade() -> None:
    for name in ("checks", "diagnoses"):
        op.add_column("reports", sa.Column(name, sa.Text, nullable=False, server_default="{}"))
    connection = op.get_bind()
    for number in connection.scalars(sa.select(_reports.c.id)).all():  # one at a time: a course may be of gigabytes
        content = connection.scalar(sa.select(_reports.c.content).where(_reports.c.id == number))
        facts = read_facts(content or b"")
        values = {"checks": facts.checks_json(), "diagnoses": facts.diagnoses_json()}
        connection.execute(_reports.update().where(_reports.c.id == number).values(values))
