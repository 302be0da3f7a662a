"""What two rows of things have in common, in order: the engine behind comparing and merging.

What both rows hold exactly once is matched first: that is nearly linear, and what a person would match. Only small
rests are searched thoroughly, and only while there is ``Effort`` left; what remains then is taken as replaced.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence

type Pair = tuple[int, int]
type Gap = tuple[int, int, int, int]  # from, to on the one side; from, to on the other

# A rest with more combinations than this is not searched through, however much effort is left.
MOST_COMBINATIONS = 40_000
MOST_LIKENESSES = 1_000


class Effort:
    """How much searching one comparison may still cost, in steps of well under a microsecond."""

    def __init__(self, steps: int = 1_000_000) -> None:
        self.left = steps

    def allows(self, steps: int) -> bool:
        """Whether ``steps`` may be spent; if so, they are."""
        if steps > self.left:
            return False
        self.left -= steps
        return True


def aligned(before: Sequence[Hashable], after: Sequence[Hashable], effort: Effort) -> list[Pair]:
    """Indexes of equal things, ``(in before, in after)``, both rising."""
    found: list[Pair] = []
    waiting: list[Gap] = [(0, len(before), 0, len(after))]
    while waiting:
        low, high, start, end = waiting.pop()
        while low < high and start < end and before[low] == after[start]:
            found.append((low, start))
            low, start = low + 1, start + 1
        while low < high and start < end and before[high - 1] == after[end - 1]:
            high, end = high - 1, end - 1
            found.append((high, end))
        if low == high or start == end or not effort.allows(high - low + end - start):
            continue
        if anchors := _unique(before, after, (low, high, start, end)):
            found += anchors
            waiting += _gaps(anchors, (low, high, start, end))
        elif (cost := (high - low) * (end - start)) <= MOST_COMBINATIONS and effort.allows(cost):
            found += _longest(before, after, (low, high, start, end))
    return sorted(found)


def likened(
    before: Sequence[int], after: Sequence[int], likeness: Callable[[int, int], float], *, least: float
) -> list[Pair]:
    """Which of ``before`` became which of ``after``, in order; each pair is at least ``least`` alike (0 to 1)."""
    rows, columns = len(before), len(after)
    if rows * columns > MOST_LIKENESSES:
        return [pair for pair in zip(before, after, strict=False) if likeness(*pair) >= least]
    alike = [[likeness(one, other) for other in after] for one in before]
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            matched = alike[i][j] + best[i + 1][j + 1] if alike[i][j] >= least else 0.0
            best[i][j] = max(matched, best[i + 1][j], best[i][j + 1])
    pairs, i, j = [], 0, 0
    while i < rows and j < columns:
        if best[i][j] == best[i + 1][j]:
            i += 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            pairs.append((before[i], after[j]))
            i, j = i + 1, j + 1
    return pairs


def between(pairs: Sequence[Pair], before: int, after: int) -> Iterator[tuple[range, range]]:
    """What stands before, between and behind ``pairs``: one gap more than there are pairs, some of them empty."""
    i = j = 0
    for one, other in pairs:
        yield range(i, one), range(j, other)
        i, j = one + 1, other + 1
    yield range(i, before), range(j, after)


def _unique(before: Sequence[Hashable], after: Sequence[Hashable], gap: Gap) -> list[Pair]:
    """The longest rising row of what stands exactly once on either side."""
    low, high, start, end = gap
    here = Counter(before[low:high])
    there = Counter(after[start:end])
    places = {after[j]: j for j in range(start, end) if there[after[j]] == 1}
    candidates = [(i, places[before[i]]) for i in range(low, high) if here[before[i]] == 1 and before[i] in places]
    lowest: list[int] = []  # the lowest end of a rising row, by the row's length
    ends: list[int] = []
    previous: list[int] = []
    for index, (_, place) in enumerate(candidates):
        length = bisect_left(lowest, place)
        previous.append(ends[length - 1] if length else -1)
        if length == len(lowest):
            lowest.append(place)
            ends.append(index)
        else:
            lowest[length], ends[length] = place, index
    chain: list[Pair] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        chain.append(candidates[index])
        index = previous[index]
    return chain[::-1]


def _gaps(anchors: list[Pair], whole: Gap) -> Iterator[Gap]:
    low, high, start, end = whole
    for i, j in [*anchors, (high, end)]:
        if low < i and start < j:
            yield low, i, start, j
        low, start = i + 1, j + 1


def _longest(before: Sequence[Hashable], after: Sequence[Hashable], gap: Gap) -> list[Pair]:
    """The longest common subsequence."""
    low, high, start, end = gap
    rows, columns = high - low, end - start
    best = [[0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        one, below, row = before[low + i], best[i + 1], best[i]
        for j in range(columns - 1, -1, -1):
            row[j] = below[j + 1] + 1 if one == after[start + j] else max(below[j], row[j + 1])
    pairs, i, j = [], 0, 0
    while i < rows and j < columns:
        if before[low + i] == after[start + j]:
            pairs.append((low + i, start + j))
            i, j = i + 1, j + 1
        elif best[i + 1][j] >= best[i][j + 1]:
            i += 1
        else:
            j += 1
    return pairs
