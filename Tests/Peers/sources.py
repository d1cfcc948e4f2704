"""Label files made here, with what they say, so that what a peer reads can be compared with it."""

CUES = [
    (1.0, 2.5, "Hello, world."),
    (3.0, 4.2, "Two lines\nof text"),
    (4.0, 6.0, "They overlap: 1 < 2 & 3 > 2"),
    (7.25, 8.0, "Grüße, 日本語, \U0001F600"),
    (3599.9, 3601.0, "Beyond an hour"),
]
TURNS = [("talk", 0.5, 1.75, "ann"), ("talk", 1.5, 3.0, "bob"), ("talk", 10.25, 11.125, "ann"), ("call", 0.0, 4.0, "eve")]
TIERS = {"ann": [(0.5, 1.25, "hello"), (1.25, 2.0, 'say "hi"')], "bob": [(1.0, 1.5, "Grüße"), (3.0, 3.5, "日本")]}
BOXES = [(1, 7, [10.5, 20.0, 30.0, 40.25]), (1, 8, [100.0, 50.0, 20.0, 20.0]), (2, 7, [12.5, 22.0, 30.0, 40.25])]
SUPERVISIONS = [("talk", 0.5, 1.25, "ann", "hello there"), ("talk", 2.0, 1.0, "bob", "Grüße")]


def stamp(seconds):
    ms = round(seconds * 1000)
    return f"{ms // 3600000:02d}:{ms // 60000 % 60:02d}:{ms // 1000 % 60:02d}.{ms % 1000:03d}"


def vtt():
    escaped = [(a, b, t.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")) for a, b, t in CUES]
    return "WEBVTT\n\n" + "\n".join(f"{stamp(a)} --> {stamp(b)}\n{t}\n" for a, b, t in escaped)


def rttm():
    return "".join(f"SPEAKER {m} 1 {a:.3f} {b - a:.3f} <NA> <NA> {s} <NA> <NA>\n" for m, a, b, s in TURNS)


def uem():
    return "talk 1 0.000 12.500\ncall 1 1.000 4.000\n"


def textgrid():
    rows = ['File type = "ooTextFile"', 'Object class = "TextGrid"', "", "0", "4", "<exists>", str(len(TIERS))]
    for name, intervals in TIERS.items():
        spans, at = [], 0.0
        for start, end, text in intervals:
            spans += [(at, start, "")] if start > at else []
            spans.append((start, end, text.replace('"', '""')))
            at = end
        spans.append((at, 4.0, ""))
        rows += ['"IntervalTier"', f'"{name}"', "0", "4", str(len(spans))]
        rows += [f'{a}\n{b}\n"{t}"' for a, b, t in spans]
    return "\n".join(rows) + "\n"


def mot():
    return "".join(f"{f},{i},{x},{y},{w},{h},1,1,1\n" for f, i, (x, y, w, h) in BOXES)


def nemo():
    import json
    return "".join(
        json.dumps({"audio_filepath": f"{m}.wav", "offset": o, "duration": d, "text": t, "speaker": s}, ensure_ascii=False) + "\n"
        for m, o, d, s, t in SUPERVISIONS)
