"""Markup of explanations and captions in data, restricted to what a stranger may write."""
