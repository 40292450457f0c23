"""What an operator does in writing: offers are made and answered, then say, note, pass on, end, wrap up, call back."""
