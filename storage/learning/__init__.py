"""How learning is kept: candidates, proposals, merges and splits, versions of library and procedures."""

from storage.learning.candidates import CandidateRow, Candidates
from storage.learning.proposals import Proposals, ProposalStatus, StoredProposal, UnknownProposal, logged
from storage.learning.reshapes import KEPT_FOR, Reshape, Reshapes, UnknownReshape
from storage.learning.version_store import Also, LibraryStore, ProcedureStore, Version, VersionMoved, VersionStore

__all__ = [
    "KEPT_FOR",
    "Also",
    "CandidateRow",
    "Candidates",
    "LibraryStore",
    "ProcedureStore",
    "ProposalStatus",
    "Proposals",
    "Reshape",
    "Reshapes",
    "StoredProposal",
    "UnknownProposal",
    "UnknownReshape",
    "Version",
    "VersionMoved",
    "VersionStore",
    "logged",
]
