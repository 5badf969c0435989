// The line that says that the board is no longer fresh, and how old it is. What stands above it stays.

import { bothWords, say } from "./say.js";

export class Freshness {
  constructor(element, voice) {
    this.element = element;
    this.voice = voice;
    this.staleSince = null;
  }

  show({ staleSince }) {
    this.staleSince = staleSince;
    const isStale = staleSince !== null;
    document.body.toggleAttribute("data-stale", isStale);
    this.element.hidden = !isStale;
    this.say();
  }

  say() {
    if (this.staleSince === null) return;
    const seconds = Math.round((Date.now() - this.staleSince) / 1000);
    const { first, second } = this.voice;
    const texts = bothWords(this.voice, "board-stale", { seconds });
    say(document.getElementById("stale-first"), texts[first]);
    say(document.getElementById("stale-second"), texts[second]);
  }
}
