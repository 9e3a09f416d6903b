"""The neutral vocabulary of a chat; it imports nothing of ours."""
