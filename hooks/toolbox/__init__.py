"""Kaikki keinot: from the editors' YAML to finished pages and open data.

The package knows neither MkDocs nor the theme. The way of a fact is
read -> check -> link -> view -> render -> publish. Each capability has a package of its own
with its records, rules, views and pages.
"""
