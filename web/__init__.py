"""What browsers talk to: pages, the customer's chat socket, the desk socket, sign-in, exports.

Parses what comes from outside, calls `actions`, and sends snapshots and events. Decides nothing.
"""
