"""How people are kept: logins, sessions, tokens, failed identity checks."""
