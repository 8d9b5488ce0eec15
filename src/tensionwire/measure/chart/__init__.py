"""A series drawn: in a terminal, as SVG, as PNG."""
