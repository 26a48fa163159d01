"""Tagged entries → the files of the site: Markdown, views, pages, feeds, search index."""
