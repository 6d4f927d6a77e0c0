"""Remembers: the only room that knows SQLModel and SQLAlchemy. Synchronous."""
