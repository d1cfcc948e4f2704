"""Plays a WebVTT file in the `<track>` of a video in headless Chromium."""
import functools
import http.server
import json
import os
import queue
import shutil
import subprocess
import threading

# The length of the video.
SECONDS = 10

PAGE = """<!doctype html><meta charset="utf-8"><video id="v" src="film.webm" muted></video><script>
const video = document.getElementById('v'), element = document.createElement('track');
element.kind = 'captions'; element.src = 'cues.vtt'; element.default = true;
const settled = (target, name) => new Promise(done => target.addEventListener(name, done, {once: true}));
const text = cue => cue.getCueAsHTML().textContent;
(async () => {
  const ready = settled(video, 'canplaythrough'), loaded = settled(element, 'load'), shown = [];
  video.append(element); element.track.mode = 'showing';
  await ready; await loaded;
  const list = [...element.track.cues];
  for (const cue of list) cue.onenter = () => shown.push(text(cue));
  const ended = settled(video, 'ended');
  video.playbackRate = 2;
  await video.play();
  await ended;
  const cues = list.map(cue => ({start: cue.startTime, end: cue.endTime, text: text(cue)}));
  await fetch('report', {method: 'POST', body: JSON.stringify({cues, shown})});
})();
</script>"""


class Site(http.server.SimpleHTTPRequestHandler):
    extensions_map = {".vtt": "text/vtt", ".webm": "video/webm", ".html": "text/html"}
    reports = queue.Queue()

    def do_POST(self):
        self.reports.put(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *arguments):
        pass


def play(path, folder):
    """What the track lists, and the texts in the order in which they come up while the video plays."""
    site = os.path.join(folder, "site")
    os.makedirs(site, exist_ok=True)
    shutil.copy(path, os.path.join(site, "cues.vtt"))
    with open(os.path.join(site, "page.html"), "w", encoding="utf-8") as file:
        file.write(PAGE)
    film = ["-f", "lavfi", "-i", f"testsrc=size=64x48:rate=10:duration={SECONDS}", "-c:v", "libvpx", os.path.join(site, "film.webm")]
    subprocess.run(["ffmpeg", "-v", "error", "-y", *film], check=True)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Site, directory=site))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    browser = subprocess.Popen(
        ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--autoplay-policy=no-user-gesture-required", f"--user-data-dir={folder}/profile",
         "--remote-debugging-port=0", f"http://127.0.0.1:{server.server_port}/page.html"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        result = Site.reports.get(timeout=90)
    finally:
        browser.kill()
        browser.wait()
        server.shutdown()
    return result["cues"], result["shown"]
