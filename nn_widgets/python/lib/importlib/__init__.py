"""Only so that nn_core's data can ask for its files, which the page has not."""
