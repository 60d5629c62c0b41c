"""Questions: the bank, its checks and proofs, text and HTML, the widget, the script of a page."""
