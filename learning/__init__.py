"""How the centre learns: the library in versions, discovery, the inbox, replay, canaries.

    unmatched turns -> candidates -> look (proposals) -> review (a supervisor, or guards) -> library -> follow (models)
                                                                                                ^             |
                                                                canary: widened or rolled back -+-------------+

Every change of the library is a new version with who, when and why; nothing is changed in place.
"""

from learning.values import (
    Action,
    Changed,
    Conflict,
    Guards,
    LearningError,
    LineSettings,
    Mode,
    NotPossible,
    NotThere,
    groups_of,
    lines_of,
    replaced,
)

__all__ = [
    "Action",
    "Changed",
    "Conflict",
    "Guards",
    "LearningError",
    "LineSettings",
    "Mode",
    "NotPossible",
    "NotThere",
    "groups_of",
    "lines_of",
    "replaced",
]
