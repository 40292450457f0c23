"""Proposals as they are kept: what was found, its draft, its alarms."""
