"""Helpers of the commands in the Makefile. The site does not need them."""
