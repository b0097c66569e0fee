"""The palette: few colours, told apart without colour sight, each dark enough to be read on white.

After the set of Okabe and Ito (Color Universal Design, 2008), darkened until each has a contrast of at least
4.5 : 1 on both grounds (WCAG 2.2, 1.4.3). Colour never says anything alone: bars are labelled, what was not
earned is drawn hollow, lines differ in dash.
"""

WHITE = "#ffffff"
PALE = "#f1f4f6"
"""The ground of notes and of table heads."""

INK = "#14212b"
MUTED = "#4c5a64"
LINK = "#0b4f8a"
EARNED = "#0b5c94"
UNEARNED = "#9a4600"
MOVED = "#6b3fa0"
"""Money that was not earned and went elsewhere."""
REACHED = "#006b4f"
RULE = "#8797a3"
"""Lines and frames only: 3 : 1 on white suffices for them (WCAG 2.2, 1.4.11)."""
FAINT = "#d5dce1"
"""Grid lines, which say nothing that is not said otherwise."""

TEXT_COLOURS = (INK, MUTED, LINK, EARNED, UNEARNED, MOVED, REACHED)
GROUNDS = (WHITE, PALE)


def luminance(colour: str) -> float:
    """Relative luminance of an sRGB colour `#rrggbb` (WCAG 2.2, definition of relative luminance)."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, definition of contrast ratio)."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
