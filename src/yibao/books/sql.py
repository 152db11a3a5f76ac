"""How does a migration run the SQL beside it? What only the database can promise is written in its own language."""

from pathlib import Path

from django.db import migrations


def sql_beside(migration: str, name: str) -> migrations.RunSQL:
    """The operation that runs `sql/<name>.sql` of the app of a migration. No way back: books are not taken down."""
    file = Path(migration).resolve().parents[1] / "sql" / f"{name}.sql"
    return migrations.RunSQL(file.read_text(encoding="utf-8"))
