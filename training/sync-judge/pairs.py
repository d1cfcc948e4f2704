"""Subtitle files for a show: its own cues put out of sync in known ways, and cues that do not belong to it.

A pair is a list of (start, end, true start); the true start is None where a cue belongs nowhere.
"""
FILM = [24000 / 1001, 24, 25]


def right(cues, rng):
    """name -> pair, for cues that belong."""
    end = cues[-1][1]

    def moved(rate=1.0, offset=0.0, kept=lambda _: True, jitter=0.0):
        pair = []
        for cue in cues:
            if kept(cue):
                stray = rng.normal(0, jitter) if jitter else 0
                pair.append((cue[0] * rate + offset + stray, cue[1] * rate + offset + stray + abs(stray) / 2, cue[0]))
        return pair

    def rate():
        a, b = rng.choice(len(FILM), 2, replace=False)
        return FILM[a] / FILM[b]

    def cut(count):
        """The media has stretches that the subtitles' version lacks, or lacks some that it has."""
        points = sorted(rng.uniform(0.1, 0.9, count) * end)
        gaps = rng.uniform(3, 40, count) * rng.choice([-1, 1], count)
        base, pair = rng.uniform(-5, 5), []
        for a, b in cues:
            if not any(p <= a < p + g for p, g in zip(points, gaps)):
                shift = base - sum(g for p, g in zip(points, gaps) if a >= p)
                pair.append((a + shift, b + shift, a))
        return pair

    def offset(reach=60):
        return rng.uniform(-reach, reach)

    def excerpt(count):
        first = int(rng.integers(max(1, len(cues) - count)))
        return moved(offset=offset(20), kept=set(cues[first : first + count]).__contains__)

    pairs = {
        "insync": moved(),
        "offset": moved(offset=offset()),
        "small offset": moved(offset=offset(2)),
        "rate": moved(rate()),
        "rate and offset": moved(rate(), offset(10)),
        "drift": moved(1 + rng.uniform(-0.0015, 0.0015), offset(3)),
        "cut": cut(1),
        "cuts": cut(int(rng.integers(2, 4))),
        "missing": moved(offset=offset(5), kept=lambda _: rng.random() > 0.35),
        "sloppy": moved(offset=offset(5), jitter=rng.uniform(0.1, 0.2)),
        "half": moved(offset=offset(8), kept=lambda c: c[0] < end / 2),
        "excerpt": excerpt(int(rng.integers(16, 45))),
    }
    return {name: playable(pair) for name, pair in pairs.items()}


def wrong(cues, twin, others, rng):
    """name -> pair, for cues that do not belong: of other shows, of the same voices saying other things, of this show in
    another order. Some are cut short or run at another clock."""

    def foreign(source):
        rate = FILM[rng.integers(3)] / FILM[rng.integers(3)]
        return [(a * rate, b * rate, None) for a, b in source]

    def excerpt(pair):
        count = int(rng.integers(16, 60))
        first = int(rng.integers(max(1, len(pair) - count)))
        start = pair[first][0]
        return [(a - start + 5, b - start + 5, None) for a, b, _ in pair[first : first + count]]

    def shuffled(source):
        order, time, result = rng.permutation(len(source)), source[0][0], []
        gaps = [b[0] - a[1] for a, b in zip(source, source[1:])] + [1]
        for cue, gap in zip(order, rng.permutation(gaps)):
            length = source[cue][1] - source[cue][0]
            result.append((time, time + length, None))
            time += length + max(0, gap)
        return result

    backwards = [(cues[-1][1] - b + cues[0][0], cues[-1][1] - a + cues[0][0], None) for a, b in reversed(cues)]
    pairs = {f"other {i}": foreign(other) for i, other in enumerate(others)}
    pairs |= {f"other short {i}": excerpt(foreign(other)) for i, other in enumerate(others[:3])}
    pairs |= {"twin": foreign(twin), "twin short": excerpt(foreign(twin)), "backwards": backwards}
    pairs |= {"shuffled": shuffled(cues), "shuffled again": shuffled(cues), "shuffled short": excerpt(shuffled(cues))}
    return {name: playable(pair) for name, pair in pairs.items()}


def playable(pair):
    return [(a, b, true) for a, b, true in pair if a >= 0 and b > a + 0.05]


def subrip(pair):
    def stamp(time):
        ms = round(time * 1000)
        return f"{ms // 3600000:02}:{ms // 60000 % 60:02}:{ms // 1000 % 60:02},{ms % 1000:03}"

    return "".join(f"{i}\n{stamp(a)} --> {stamp(b)}\ncue {i}\n\n" for i, (a, b, _) in enumerate(pair, 1))
