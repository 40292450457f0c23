"""The heavy work of discovery, here or in a child process of low priority."""
