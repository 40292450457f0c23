"""Past conversations as learning reads them, and the library tried out on them."""
