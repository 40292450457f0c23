"""What the agent does about a wish: procedures as data, and the interpreter that walks them.

A procedure is a list of steps a business user can read. The interpreter is pure: conversation, values and tool results
go in, the next thing to say, ask, use or hand over comes out. It holds nothing between turns; what was done is in the
conversation's events.
"""

from agent.procedures.load import ProcedureInvalid, plain, read_procedures
from agent.procedures.model import Collect, Procedure
from agent.procedures.versions import (
    ProcedureSources,
    ProcedureVersions,
    Trial,
    WrittenProcedures,
    by_intent,
    version_in,
)

__all__ = [
    "Collect",
    "Procedure",
    "ProcedureInvalid",
    "ProcedureSources",
    "ProcedureVersions",
    "Trial",
    "WrittenProcedures",
    "by_intent",
    "plain",
    "read_procedures",
    "version_in",
]
