"""A chart drawn with signs, in as many columns as there are: it reads without colour."""

from datetime import date, timedelta

from cpps_cli.present.document import MARK, Bar, Chart, Extract

CHART_WIDTH = 80  # where the width of the page is not known
LEAST_COLUMNS = 24  # below, a year is not told from another: the lines are left too long
_STEPS = (1, 2, 5, 10, 20, 50, 100)
_GAP = 2


def lines_of(block: Chart | Extract) -> list[str]:
    """Gives the lines of what is no prose, for a page of unknown width."""
    if isinstance(block, Chart):
        return chart_lines(block, CHART_WIDTH)
    return block.text.splitlines()


def chart_lines(chart: Chart, width: int) -> list[str]:
    """The years, then a line for each lane."""
    titles = max((len(lane.title) for lane in chart.lanes), default=0) + _GAP
    notes = max((len(lane.note) for lane in chart.lanes), default=0)
    columns = max(LEAST_COLUMNS, width - titles - (notes + _GAP if notes else 0))
    scale = _Scale(chart.first, chart.last, columns)
    lines = [" " * titles + years for years in scale.years()]
    for lane in chart.lanes:
        drawn = scale.drawn(lane.bars, chart.marked)
        lines.append(f"{lane.title:{titles}}{drawn}{' ' * _GAP}{lane.note}".rstrip())
    return lines


class _Scale:
    """Days laid out on columns."""

    def __init__(self, first: date, last: date, columns: int) -> None:
        self.first = first
        self.columns = columns
        self.days = (last - first).days + 1
        self.last = last

    def at(self, day: date) -> int:
        """The column at whose left edge a day begins, as nearly as columns allow."""
        begun = (day - self.first).days / self.days
        return min(round(begun * self.columns), self.columns - 1)

    def drawn(self, bars: tuple[Bar, ...], marked: date) -> str:
        """One lane. A bar that goes on across the mark lets it be seen, a sign does not."""
        cells = [" "] * self.columns
        if self.first <= marked <= self.last:
            cells[self.at(marked)] = MARK
        for bar in bars:
            start, end = self.at(bar.first), self._end(bar.last)
            for column in range(start, max(start, end) + 1):
                if cells[column] != MARK or end - start < 2:
                    cells[column] = bar.sign
        return "".join(cells)

    def _end(self, day: date) -> int:
        """The last column of a bar: the one before what follows it begins."""
        return self.columns - 1 if day >= self.last else self.at(day + timedelta(1)) - 1

    def years(self) -> list[str]:
        """The years that have room, and a tick under the first day of each."""
        asked = range(self.first.year, self.last.year + 1)
        room = self.columns * 365 / self.days
        step = next((step for step in _STEPS if step * room >= len("2017 ")), _STEPS[-1])
        names, ticks = [" "] * self.columns, [" "] * self.columns
        for year in asked:
            column = self.at(max(date(year, 1, 1), self.first))
            ticks[column] = "╷"
            if (year - asked[0]) % step == 0 and column + 4 <= self.columns:
                names[column : column + 4] = str(year)
        return ["".join(names).rstrip(), "".join(ticks).rstrip()]
