"""Python in the page: MicroPython in a worker, with the arrays of NumPy that the book needs."""
