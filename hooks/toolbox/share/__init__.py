"""The pages for the pages of others: cards, short links, an organisation's own copy, a copy without the net."""
