"""The regions: municipalities, the areas they belong to, their maps and the yearly change."""
