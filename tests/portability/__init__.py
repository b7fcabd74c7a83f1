"""`make portability`: the same tree with other generators, and what each makes another of."""
