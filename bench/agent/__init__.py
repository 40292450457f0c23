"""How well the agent serves, part by part: answers, first asks, danger, values, small talk, languages, speed."""
