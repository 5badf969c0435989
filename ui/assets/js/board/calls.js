// One line for each window that has called somebody, the newest first.

import { Pages } from "./pages.js";
import { place, say, sayBoth, sayWindow } from "./say.js";

export class Calls {
  constructor(list, note, voice) {
    this.voice = voice;
    this.newest = null;
    const fill = (line, call) => this.fill(line, call);
    this.pages = new Pages({ list, note, template: "call", fill, voice });
  }

  update(calls) {
    const sorted = [...calls].sort(
      (a, b) => Number(b.phase === "called") - Number(a.phase === "called") || b.called_at - a.called_at,
    );
    this.newest = sorted[0];
    this.pages.show(sorted);
  }

  fill(line, call) {
    line.classList.toggle("called", call.phase === "called");
    line.classList.toggle("newest", call === this.newest);
    say(line.querySelector(".number"), call.number);
    say(line.querySelector(".holder"), call.holder);
    sayWindow(line, this.voice, call.at.name);
    line.querySelector(".second.window").dataset.floor = call.at.floor;
    sayBoth(line, this.voice, place(call.at), ".zone");
  }
}
