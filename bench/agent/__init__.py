"""How well the agent serves, part by part: answers, first asks, danger, values, disclosure, small talk, languages, speed."""
