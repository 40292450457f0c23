"""Who does the work of discovery when one process is too slow: other processes of this machine, or a Ray cluster.

Both are `Workers` as discovery knows them (discovery/held.py) and give the same proposals from the same turns as one
process does, to the last digit on processors of one kind. Nothing here decides anything about intents. Ray is an extra:
only `on_ray` imports it, and only when it is used.
"""
