"""Who we are: brand, the agent's persona, queues with their hours, wrap-up codes, quick replies and the first people.

Values and the YAML they are read from; no behaviour.
"""

from tenant.profile import Disposition, Hours, Persona, PersonSeed, Queue, QuickReply, Tenant, TenantInvalid
from tenant.read import EMPTY_TENANT, blank_tenant, load_tenant, tenant_from_data

__all__ = [
    "EMPTY_TENANT",
    "Disposition",
    "Hours",
    "PersonSeed",
    "Persona",
    "Queue",
    "QuickReply",
    "Tenant",
    "TenantInvalid",
    "blank_tenant",
    "load_tenant",
    "tenant_from_data",
]
