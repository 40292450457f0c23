"""What every store is made of: database, tables, upsert, leases, documents, the outbox, migrations."""

from storage.kit.database import Database, StorageError, StorageUnavailable
from storage.kit.documents import ARTICLE, PACK, TENANT, Documents, Kind
from storage.kit.leases import Leases
from storage.kit.migrate import upgrade
from storage.kit.outbox import Outbox, OutboxItem

__all__ = [
    "ARTICLE",
    "PACK",
    "TENANT",
    "Database",
    "Documents",
    "Kind",
    "Leases",
    "Outbox",
    "OutboxItem",
    "StorageError",
    "StorageUnavailable",
    "upgrade",
]
