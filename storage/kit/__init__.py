"""What every store is made of: database, tables, upsert, leases, documents, the outbox, migrations."""

from storage.kit.database import Database, StorageError, StorageUnavailable
from storage.kit.documents import ARTICLE, PACK, TENANT, Documents, Kind
from storage.kit.leases import Leases
from storage.kit.migrate import MIGRATIONS, upgrade
from storage.kit.outbox import Outbox, OutboxItem
from storage.kit.processes import ALONE, LEASE_SECONDS, Processes, Roll
from storage.kit.tables import UtcDateTime, all_tables

__all__ = [
    "ALONE",
    "ARTICLE",
    "LEASE_SECONDS",
    "MIGRATIONS",
    "PACK",
    "TENANT",
    "Database",
    "Documents",
    "Kind",
    "Leases",
    "Outbox",
    "OutboxItem",
    "Processes",
    "Roll",
    "StorageError",
    "StorageUnavailable",
    "UtcDateTime",
    "all_tables",
    "upgrade",
]
