"""What every store is made of: database, tables, upsert, leases, documents, the outbox, migrations."""
