"""Figures and quizzes that live in JupyterLab and in the built book."""
