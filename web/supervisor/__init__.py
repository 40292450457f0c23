"""The supervisor's doors: people, queues, search, exports, reports."""
