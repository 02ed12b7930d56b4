"""Pure renderers: values in, SVG or HTML out, with attributes only, so that a strict content policy holds.

Know no request, no database and no clock.
"""
