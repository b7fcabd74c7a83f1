"""The words that the engine itself puts before readers: Danish ones, or a project's own in their places."""

from procedure.words.words import DANISH, Words

__all__ = ["DANISH", "Words"]
