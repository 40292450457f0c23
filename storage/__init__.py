"""How everything is kept: tables, the event store, people and sessions, on SQLite or Postgres.

Knows rows and transactions. Never decides, never sends.
"""
