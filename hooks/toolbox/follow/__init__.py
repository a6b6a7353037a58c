"""What changed and how to follow it: feeds, calendars, differences between two states of the data."""
