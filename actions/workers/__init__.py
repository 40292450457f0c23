"""What happens by itself: deadlines pass, closing notes go out."""
