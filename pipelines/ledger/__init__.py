"""What a round expects, what state each report is in, and what has to run again."""
