"""The toolkit pages: combinations, who pays first, reforms, look-ups, look-alikes, refusals."""
