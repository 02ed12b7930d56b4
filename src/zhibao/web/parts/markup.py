"""Elements as safe strings, every attribute escaped; no style attribute can be made.

Knows nothing of what is drawn.
"""

from collections.abc import Iterable

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

Attribute = str | int | float | None


def _written(value: str | float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def element(name: str, *inner: str, **attributes: Attribute) -> SafeString:
    """Return ``<name …>inner</name>``. ``cls`` is class, ``_`` in a name is ``-``; None leaves the attribute out.

    Raises ValueError for ``style`` and event attributes: the content policy would drop them silently.
    """
    pairs = []
    for key, value in attributes.items():
        if value is None:
            continue
        attribute = "class" if key == "cls" else key.strip("_").replace("_", "-")
        if attribute == "style" or attribute.startswith("on"):
            raise ValueError(f"attribute {attribute} is refused by the content policy")
        pairs.append((attribute, _written(value)))
    opened = format_html("<{}{}>", name, format_html_join("", ' {}="{}"', pairs))
    return join([opened, *inner, mark_safe(f"</{name}>")])  # noqa: S308 - names are ours, never a person's text


def join(pieces: Iterable[str]) -> SafeString:
    """Join pieces, escaping those that are not safe yet."""
    return SafeString("".join(conditional_escape(piece) for piece in pieces))


def percent(part: float) -> str:
    """Return a share of 0 to 1 as SVG writes it: ``84.44%``."""
    return f"{100 * part:.2f}%"
