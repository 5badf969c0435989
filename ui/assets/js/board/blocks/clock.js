// Date and time, in the hall's zone.

import { say } from "../say.js";

export class Clock {
  constructor(element, { voice }) {
    this.element = element;
    this.voice = voice;
    this.zone = null;
  }

  update({ zone, now }) {
    this.zone = zone;
    this.tick(now);
  }

  tick(now) {
    if (!this.zone) return;
    const { first, second } = this.voice;
    say(this.element.querySelector(".first"), this.zone[first].day(now));
    say(this.element.querySelector(".second"), this.zone[second].day(now));
    say(this.element.querySelector(".time"), this.zone[first].clock(now));
  }
}
