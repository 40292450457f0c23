"""The customer's record, which lives elsewhere: the port, and one file per place it may live in.

The embedded default keeps it in SQL tables of our own. Vendor exceptions stop here. What is to be written later,
the outbox, lies in `storage.kit` and is delivered by `actions.workers`.
"""

from crm_adapter.files import CrmFileInvalid, load_crm
from crm_adapter.port import (
    Case,
    CrmAdapter,
    CrmError,
    CrmUnavailable,
    Customer,
    CustomerRecord,
    Lead,
    Policy,
    ReferenceKind,
)
from crm_adapter.sql import SqlCrm
from crm_adapter.tables import crm_tables

__all__ = [
    "Case",
    "CrmAdapter",
    "CrmError",
    "CrmFileInvalid",
    "CrmUnavailable",
    "Customer",
    "CustomerRecord",
    "Lead",
    "Policy",
    "ReferenceKind",
    "SqlCrm",
    "crm_tables",
    "load_crm",
]
