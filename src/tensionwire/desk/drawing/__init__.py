"""Pictures as SVG that takes its colours from the page's style: no inline style, no script."""
