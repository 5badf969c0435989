// Who is next, by number only: first the first of each queue, then the second of each.

import { Pages } from "../pages.js";
import { say } from "../say.js";

export class Next {
  constructor(element, { voice }) {
    this.none = element.querySelector(".none");
    const fill = (line, number) => say(line.querySelector(".number"), number);
    this.pages = new Pages({ element, template: "next-number", fill, voice });
  }

  update({ queues, windows, screen }) {
    const numbers = inTurn(queuesOf(screen.layout, queues, windows));
    this.none.hidden = numbers.length > 0;
    this.pages.show(numbers);
  }

  tick() {
    this.pages.tick();
  }

  close() {
    this.pages.close();
  }
}

// The screen of one window names whom that window may call.
function queuesOf({ kind, window }, queues, windows) {
  if (kind !== "window") return queues;
  const own = windows.find(({ at }) => at.window === window);
  return queues.filter(({ service }) => own?.services.includes(service));
}

function inTurn(queues) {
  const longest = Math.max(0, ...queues.map(({ next }) => next.length));
  const turns = Array.from({ length: longest }, (_, turn) => queues.map(({ next }) => next[turn]));
  return [...new Set(turns.flat().filter(Boolean))];
}
