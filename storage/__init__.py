"""How everything is kept: tables, the event store, people and sessions, on SQLite or Postgres; recorded calls as files.

Knows rows, transactions and files. Never decides, never sends.
"""
