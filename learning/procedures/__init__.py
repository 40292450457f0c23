"""Changing the tenant's procedures while the centre runs: checked, kept in versions, tried by a share, taken back.

It never reads a procedure's meaning; that is `agent.procedures`.
"""

from learning.procedures.follow import ProcedureFollower
from learning.procedures.guard import TRIAL, ProcedureGuard
from learning.procedures.keeper import LEAST_SHARE, MOST_CHARACTERS, Kept, ProcedureKeeper

__all__ = [
    "LEAST_SHARE",
    "MOST_CHARACTERS",
    "TRIAL",
    "Kept",
    "ProcedureFollower",
    "ProcedureGuard",
    "ProcedureKeeper",
]
