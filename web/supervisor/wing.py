"""The wing of the supervisor: sign-in and people, reading and searching, exports, reports."""

from actions import Centre
from storage.conversation import TurnTimes
from web.kit.auth import Auth
from web.kit.wing import Wing
from web.supervisor.api import api
from web.supervisor.reports import report_doors


def supervisor_wing(centre: Centre, auth: Auth, times: TurnTimes, demo_password: str | None) -> Wing:
    """`demo_password` is shown with the demo logins, None outside demo mode."""
    return Wing("supervisor", (api(centre, auth, demo_password), report_doors(auth, times, centre.clock)))
