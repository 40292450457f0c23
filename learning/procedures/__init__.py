"""Changing the tenant's procedures while the centre runs: checked, kept in versions, tried by a share, taken back.

It never reads a procedure's meaning; that is `agent.procedures`.
"""
