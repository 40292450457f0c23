"""The doors of learning: inbox, library, procedures."""
