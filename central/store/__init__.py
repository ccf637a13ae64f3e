"""All of central's SQL: SQLAlchemy Core on SQLite, written so that PostgreSQL can take its place.

`database.Database` owns the file, the writer thread and the readers; a `transaction.Transaction` is what a use case
gets to work with, one part for each kind of row.
"""
