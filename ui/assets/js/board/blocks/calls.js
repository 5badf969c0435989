// Who is called where: the newest large, below it one line for each window, the newest first.

import { Hero } from "../hero.js";
import { Pages } from "../pages.js";
import { place, say, sayBoth, sayWindow } from "../say.js";

export class Calls {
  constructor(element, { voice }) {
    this.voice = voice;
    this.newest = null;
    this.hero = new Hero(element.querySelector(".hero"), voice);
    const fill = (line, call) => this.fill(line, call);
    this.pages = new Pages({ element, template: "call", fill, voice });
  }

  update({ calls, invited, hall }) {
    const sorted = [...calls].sort(
      (a, b) => Number(b.phase === "called") - Number(a.phase === "called") || b.called_at - a.called_at,
    );
    this.newest = sorted[0];
    this.hero.update(calls, invited, hall);
    this.pages.show(sorted);
  }

  tick() {
    this.pages.tick();
  }

  close() {
    this.pages.close();
  }

  fill(line, call) {
    line.classList.toggle("called", call.phase === "called");
    line.classList.toggle("newest", call === this.newest);
    line.dataset.length = Math.min(7, call.number.length);
    say(line.querySelector(".number"), call.number);
    say(line.querySelector(".holder"), call.holder);
    sayWindow(line, this.voice, call.at.name);
    for (const window of line.querySelectorAll(".window")) window.dataset.floor = call.at.floor;
    sayBoth(line, this.voice, place(call.at), ".zone");
  }
}
