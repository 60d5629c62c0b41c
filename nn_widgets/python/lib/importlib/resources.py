"""The page has no files: data that it gives is written into its modules."""

files = None
