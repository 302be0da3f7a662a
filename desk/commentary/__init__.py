"""The commentary desk: queues, one piece with everything known of it, and what can be done to it."""
