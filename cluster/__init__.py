"""Several processes as one centre: the feed that crosses them, and the brokers it may cross by.

The tables are the truth, what crosses is a hint: a broker that is away costs a moment, never an event.
"""

from cluster.broker import Broker
from cluster.open_broker import open_broker
from cluster.shared_feed import BLIND_SECONDS, SharedFeed

__all__ = ["BLIND_SECONDS", "Broker", "SharedFeed", "open_broker"]
