"""TeX to HTML when the book is built: the symbols in their colours, then KaTeX."""
