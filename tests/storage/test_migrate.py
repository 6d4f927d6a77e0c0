"""The migrations and the models say the same, on both databases."""

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, inspect

from storage.connections import address
from storage.migrate import at_revision, downgrade, migrate, newest, pending
from storage.tables import METADATA


def test_a_new_database_is_pending_until_it_is_migrated_and_migrating_twice_changes_nothing(empty_url: str) -> None:
    assert pending(empty_url)

    migrate(empty_url)
    migrate(empty_url)

    assert not pending(empty_url)


def test_the_migrated_schema_is_the_schema_of_the_models(database_url: str) -> None:
    engine = create_engine(address(database_url))
    with engine.connect() as conn:
        differences = compare_metadata(MigrationContext.configure(conn, opts={"compare_type": True}), METADATA)
        revision = at_revision(conn)
    engine.dispose()

    assert differences == []
    assert revision == newest()


def test_the_indices_and_their_conditions_are_those_of_the_models(database_url: str) -> None:
    """Alembic does not compare conditions, so the database is made once by migrations and once from the models."""
    migrated = _indices(database_url)
    downgrade(database_url)
    engine = create_engine(address(database_url))
    METADATA.create_all(engine)
    engine.dispose()

    assert migrated == _indices(database_url)
    assert sum(condition != "None" for _, condition in migrated.values()) == 17


def test_going_down_leaves_nothing_and_up_again_works(database_url: str) -> None:
    downgrade(database_url)

    engine = create_engine(address(database_url))
    assert inspect(engine).get_table_names() == ["alembic_version"]
    engine.dispose()
    migrate(database_url)
    assert not pending(database_url)


def _indices(url: str) -> dict[str, tuple[tuple[str | None, ...], str]]:
    engine = create_engine(address(url))
    inspector = inspect(engine)
    found = {
        str(index["name"]): (tuple(index["column_names"]), str(_condition(index["dialect_options"])))
        for table in METADATA.tables
        for index in inspector.get_indexes(table)
    }
    engine.dispose()
    return found


def _condition(options: dict[str, object]) -> object:
    return options.get("sqlite_where", options.get("postgresql_where"))
