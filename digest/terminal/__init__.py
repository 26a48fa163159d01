"""What is shown on a terminal: text and tables, what a long command is at, the page of --help."""
