"""The learning pages: modules, self-tests, cases, cards, and the map of the system."""
