"""What the tables are made of; a community's rows have `community_id` first in their key: isolation is a key."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Integer,
    MetaData,
    String,
    TypeDecorator,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
ID = BigInteger().with_variant(Integer, "sqlite")
"""SQLite counts up only a column of exactly this type."""


class Instant(TypeDecorator[datetime]):
    """An aware datetime as milliseconds since 1970, alike on both databases."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> int | None:
        """To the database."""
        return None if value is None else (value - _EPOCH) // _MILLISECOND

    def process_result_value(self, value: int | None, dialect: Any) -> datetime | None:
        """From the database."""
        return None if value is None else _EPOCH + value * _MILLISECOND


def of_community(**options: Any) -> Column[int]:
    """The column that says whose a row is."""
    return Column("community_id", BigInteger, nullable=False, **options)


def place_columns(**options: Any) -> tuple[Column[str], Column[str], Column[str]]:
    """Where something stands or goes."""
    return (
        Column("platform", String(16), **options),
        Column("chat", String(64), **options),
        Column("thread", String(64), **options),
    )
