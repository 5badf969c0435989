// What lies over a whole screen, whatever its layout: an emergency, in both languages and as large as it
// fits, and the name of a display that somebody looks for.

import { bothWords, say } from "./say.js";

// From this size down, in em of the overlay, until the message fits.
const LARGEST = 11;
const SMALLEST = 2;
const STEP = 0.92;

export class Overlay {
  // painted(emergency) is told each time the hall has sent an emergency and the screen shows it.
  constructor({ voice, painted }) {
    this.voice = voice;
    this.painted = painted;
    this.emergency = document.getElementById("emergency");
    this.message = this.emergency.querySelector(".message");
    this.identify = document.getElementById("identify");
    this.screen = null;
    new ResizeObserver(() => this.fit()).observe(this.emergency);
  }

  // `zone` writes times in the hall's zone; it may still be unknown.
  update(screen, now, zone) {
    this.screen = screen;
    this.emergency.hidden = !screen.emergency;
    this.tick(now, zone);
    this.fit();
    if (screen.emergency) this.tell(screen.emergency);
  }

  // The languages may have changed places, or the name have been shown for long enough.
  tick(now, zone) {
    if (!this.screen) return;
    const { name, emergency, identify_until: until } = this.screen;
    this.identify.hidden = now >= (until ?? 0);
    write(this.identify, this.voice, name);
    if (!emergency) return;
    write(this.message, this.voice, emergency.text);
    if (zone) write(this.emergency.querySelector(".since"), this.voice, this.since(emergency, zone));
  }

  // That it is not the time now has to be said.
  since(emergency, zone) {
    return bothWords(this.voice, "board-emergency-since", { time: zone.zh.clock(emergency.since) });
  }

  // The second frame begins when the first has been painted. The hall may have lifted it meanwhile.
  tell({ id }) {
    const isThere = () => this.screen.emergency?.id === id;
    requestAnimationFrame(() => requestAnimationFrame(() => isThere() && this.painted(id)));
  }

  fit() {
    if (!this.screen?.emergency) return;
    for (let size = LARGEST; size >= SMALLEST; size *= STEP) {
      this.message.style.setProperty("--size", `${size}em`);
      const isTooLong = this.message.scrollHeight > this.message.clientHeight;
      const isTooWide = this.message.scrollWidth > this.message.clientWidth;
      if (!isTooLong && !isTooWide) return;
    }
  }
}

// Both languages always, whatever the layout says of the second; in a hurry somebody may have written one.
function write(element, voice, label) {
  say(element.querySelector(".first"), label[voice.first]);
  say(element.querySelector(".second"), label.zh === label.en ? "" : label[voice.second]);
}
