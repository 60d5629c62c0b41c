"""Tasks: lines that the reader writes, in the page or in a notebook, and their judge."""
