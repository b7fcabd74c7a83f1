"""From files to their parts, each with the line it stands on."""
