"""Commands that serve the development of Digest, not its users."""
