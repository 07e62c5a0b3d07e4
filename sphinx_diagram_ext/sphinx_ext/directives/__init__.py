"""Directives ``cdc-diagram`` and ``cdc-diagram-index``, and the tag ``<cdc-diagram>``."""
