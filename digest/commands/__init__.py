"""The commands of the terminal, a module each; ``digest.cli`` lists them."""
