"""Linking accounts and groups: codes, what two groups become together, and the way back."""
