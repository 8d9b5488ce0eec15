"""The series of a pair, as `measure` draws it, in the colours of the page."""

from __future__ import annotations

from tensionwire.exchange.markup import Markup
from tensionwire.measure.chart.svg import svg
from tensionwire.measure.series import Series


def picture(series: Series) -> Markup:
    """The picture without its own styles: the policy of the page allows no style that stands in it."""
    before, _, rest = svg(series).partition("<style>")
    return Markup(before + rest.partition("</style>")[2])
