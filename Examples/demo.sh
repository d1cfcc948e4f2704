#!/usr/bin/env bash
# Puts the subtitles of this folder on the time of talk.mkv and shows what came of it. Argument: the slate program.
set -euo pipefail
slate=$(realpath "${1:?the slate program}")
cd "$(dirname "${BASH_SOURCE[0]}")/.."

output=$(mktemp --directory)
trap 'rm -rf "$output"' EXIT

# Start times and first lines of the first four cues of SubRip files, one column of times for each file.
first_cues() { # file ...
    awk '
        BEGIN { RS = ""; FS = "\n" }
        FNR == 1 { file++ }
        FNR <= 4 { split($2, time, " --> "); times[FNR] = times[FNR] "  " time[1]; words[FNR] = $3 }
        END { for (cue = 1; cue <= 4; cue++) print "  " times[cue] "   " words[cue] }
    ' "$@"
}

align() { # subtitles
    echo
    echo "\$ slate align Examples/talk.mkv Examples/$1 -o $1"
    "$slate" align Examples/talk.mkv "Examples/$1" -o "$output/$1" 2>&1
}

echo "Examples/talk.mkv: a talk of a minute and a half."
echo "Its correct subtitles, Examples/talk.srt, begin:"
first_cues Examples/talk.srt

for faulty in talk-late.srt talk-25fps.srt talk-break.srt; do
    align $faulty
    echo "    was           is now"
    first_cues Examples/$faulty "$output/$faulty"
done

# Subtitles of another talk are refused, which is exit code 1.
if align other.srt; then
    echo "demo: other.srt was not refused" >&2
    exit 1
fi
