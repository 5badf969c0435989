// One line for each window that has called somebody, the newest first.

import { Pages } from "./pages.js";
import { breadth, place, say, sayBoth } from "./say.js";

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
    line.dataset.window = breadth(call.at.name[this.voice.first]);
    say(line.querySelector(".number"), call.number);
    say(line.querySelector(".holder"), call.holder);
    sayBoth(line, this.voice, call.at.name, ".window");
    sayBoth(line, this.voice, place(call.at), ".zone");
  }
}
