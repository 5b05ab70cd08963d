"""Alembic's environment: one schema for SQLite and PostgreSQL."""

from alembic import context

from webapp.platform.database import make_engine
from webapp.schema import metadata

engine = make_engine(str(context.config.get_main_option("sqlalchemy.url")))

with engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()
