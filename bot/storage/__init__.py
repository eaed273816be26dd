"""Database access; SQLAlchemy lives only here."""
