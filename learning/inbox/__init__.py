"""What a supervisor does with a proposal: approve, merge, split, discard, replay, take back; and guards that approve
in a supervisor's place.
"""
