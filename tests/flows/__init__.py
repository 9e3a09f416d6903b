"""Conversations: what people do and see, from the first message to the last."""
