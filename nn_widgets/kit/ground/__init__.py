"""A surface from above and from the side, moving and on paper."""
