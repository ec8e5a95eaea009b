"""Paper: the official letter form, PDF and Excel primitives, SVG marks. No model, no query."""
