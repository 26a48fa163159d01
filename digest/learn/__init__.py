"""Learning the tagger's weights from labelled entries; a build needs none of it."""
