"""Reads, checks and publishes a municipality's procedure written in Markdown and Mermaid."""
