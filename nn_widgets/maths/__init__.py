"""What figures and quizzes compute in both languages: each `.py` beside its `.js`, one rule."""
