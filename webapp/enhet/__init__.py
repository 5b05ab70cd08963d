"""What the server says to a device that can be without network: which pages it may keep, and how a queued form went."""
