"""When two links, titles or entries are one story, and when they are close to each other."""
