"""Who is there: operators arrive and leave, say that they are free, lose their line and come back."""
