"""The optional link checker: the one part that asks the network where users say, off unless the operator wants it."""
