"""Writes docs/reference from the code: settings, both protocols, events, hand-over card, HTTP doors.

python -m tools.reference            write the pages anew (make docs)
python -m tools.reference --check    say which are stale; exit code 1 if any (make check)
"""
