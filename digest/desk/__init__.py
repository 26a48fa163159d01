"""What the commands do beside the site: notes written, entries asked for, figures told."""
