"""The customer's record, which lives elsewhere: the port, and one file per place it may live in.

The embedded default keeps it in SQL tables of our own. Vendor exceptions stop here.
"""

from crm_adapter.port import Case, CrmAdapter, CrmError, CrmUnavailable, Customer, Lead, Policy, Record, ReferenceKind

__all__ = [
    "Case",
    "CrmAdapter",
    "CrmError",
    "CrmUnavailable",
    "Customer",
    "Lead",
    "Policy",
    "Record",
    "ReferenceKind",
]
