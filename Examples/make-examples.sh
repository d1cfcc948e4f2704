#!/usr/bin/env bash
# Makes the other files of this folder: a video in which espeak-ng reads talk.txt, its subtitles, the same subtitles with
# the faults that subtitles have, and those of another talk. Needs espeak-ng and ffmpeg.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

work=$(mktemp --directory)
trap 'rm -rf "$work"' EXIT
rate=22050 # samples a second, what espeak-ng gives

# Speech without the silence that espeak-ng puts around it, as raw 16-bit samples.
speak() { # voice text
    local edge=silenceremove=start_periods=1:start_threshold=-45dB
    espeak-ng -v "$1" -s 165 --stdout "$2" |
        ffmpeg -nostdin -v error -f wav -i pipe:0 -af "$edge,areverse,$edge,areverse" -f s16le pipe:1
}

# Reads TEXT.txt aloud to TEXT.raw; TEXT.cues gets a line for each cue: first sample, last sample, text.
read_aloud() { # text
    local sample=0 pause voice line length
    while IFS='|' read -r pause voice line; do
        [[ $pause != \#* ]] || continue
        [[ $voice == *host* ]] && voice=en-gb || voice=en-us+f3
        head -c $((pause * rate / 1000 * 2)) /dev/zero >>"$work/$1.raw"
        speak $voice "$line" >"$work/line.raw"
        cat "$work/line.raw" >>"$work/$1.raw"
        length=$(($(stat --format=%s "$work/line.raw") / 2))
        sample=$((sample + pause * rate / 1000))
        printf '%d\t%d\t%s\n' $sample $((sample + length)) "${line# }" >>"$work/$1.cues"
        sample=$((sample + length))
    done <"$1.txt"
    head -c $((rate * 2 * 2)) /dev/zero >>"$work/$1.raw"
}

# A test picture and the voices, with the hiss of a quiet room.
video() {
    ffmpeg -nostdin -v error -y -bitexact \
        -f s16le -ar $rate -ac 1 -i "$work/talk.raw" \
        -f lavfi -i "anoisesrc=color=pink:amplitude=0.004:seed=1:sample_rate=$rate" \
        -f lavfi -i testsrc=size=320x180:rate=25 \
        -filter_complex '[0][1]amix=inputs=2:duration=first:normalize=0,aresample=48000[sound]' \
        -map 2:v -map '[sound]' -shortest \
        -c:v libx264 -preset slow -crf 34 -g 125 -threads 1 -pix_fmt yuv420p \
        -c:a libopus -b:a 24k -application voip -metadata:s:a:0 language=eng \
        -flags +bitexact -fflags +bitexact talk.mkv
}

# The cues of TEXT as SubRip: stretched by `scale`, moved by `shift`, and those from second `after` on by `jump` as well.
subtitles() { # text scale shift after jump
    awk -F '\t' -v rate=$rate -v scale="$2" -v shift="$3" -v after="$4" -v jump="$5" '
        function clock(seconds,   ms) {
            ms = int(seconds * 1000 + 0.5)
            return sprintf("%02d:%02d:%02d,%03d", ms / 3600000, ms / 60000 % 60, ms / 1000 % 60, ms % 1000)
        }
        {
            start = $1 / rate
            place = start * scale + shift + (start >= after ? jump : 0)
            length_of_cue = ($2 / rate + 0.2 - start) * scale
            printf "%d\n%s --> %s\n%s\n\n", NR, clock(place), clock(place + length_of_cue), $3
        }
    ' "$work/$1.cues"
}

read_aloud talk
read_aloud other
video
subtitles talk 1 0 0 0 >talk.srt
subtitles talk 1 4.2 0 0 >talk-late.srt
subtitles talk 0.95904 0 0 0 >talk-25fps.srt # 23.976 / 25: made for the film as shown at 25 frames a second
subtitles talk 1 -1.3 48 12 >talk-break.srt  # made for an edition with a break of 12 seconds in the middle
subtitles other 1 0 0 0 >other.srt
