"""How conversations are kept: the event store, its projections, lists, history, recorded calls, turn times."""
