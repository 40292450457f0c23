"""Finds wishes nobody foresaw in what customers say: pure functions from turns to ranked proposals.

    turns -> masked candidates -> vectors -> groups -> described, named, ranked -> known again from earlier runs

Nothing here stores, shows or approves anything.
"""
