"""How learning is kept: candidates, proposals, merges and splits, versions of library and procedures."""
