"""Freshness: what has been checked when, what is due, and what the turn of the year changes."""
