"""At a class: the saved answers of many readers in one page, and what to teach next."""
