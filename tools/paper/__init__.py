"""The book on paper: its built pages as one document, printed by Chromium with page numbers."""
