"""What every door needs: sign-in, a socket with limits and heartbeats, pages and files."""
