"""Where everything is kept, on SQLite and on PostgreSQL alike."""
