"""What the build makes beside the pages: one file for each, and the table of them all."""
