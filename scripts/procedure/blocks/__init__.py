"""The model as page elements, put in by one Python-Markdown extension."""

from procedure.blocks.extension import BlocksExtension, makeExtension

__all__ = ["BlocksExtension", "makeExtension"]
