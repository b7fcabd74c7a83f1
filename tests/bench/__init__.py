"""`make bench`: what the site costs, beside what it is measured against, in one run."""
