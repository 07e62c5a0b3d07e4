"""Markup of explanations: MyST inline markup, restricted to what a stranger may write.

From text to nodes: ``explanations`` splits a text into paragraphs and translates them, ``inline`` parses one with
markdown-it-py, ``roles`` and ``links`` make the nodes that refer, ``restrict`` takes out what data may not hold.
"""
