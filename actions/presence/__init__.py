"""Who is there: operators arrive and leave, say that they are free, lose their line and come back.

Taken as a module: `presence.arrive(...)`. Who does not come back in time is seen to by `actions.workers`.
"""
