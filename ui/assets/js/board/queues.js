// One line for each service somebody waits for, or could come to at once: how many, and how long.

import { Pages } from "./pages.js";
import { sayBoth, sayFigure } from "./say.js";

export class Queues {
  constructor(list, note, none, voice) {
    this.voice = voice;
    this.list = list;
    this.none = none;
    const fill = (line, queue) => this.fill(line, queue);
    this.pages = new Pages({ list, note, template: "queue", fill, voice });
  }

  update(queues) {
    const busy = queues.filter(
      ({ waiting, open_windows, availability }) =>
        waiting > 0 || (open_windows > 0 && availability.state === "open"),
    );
    // Always in the same order, so that a visitor finds the line where it was; the waited-for first.
    busy.sort((a, b) => Number(b.waiting > 0) - Number(a.waiting > 0) || order(a, b));
    this.none.hidden = busy.length > 0;
    this.list.hidden = busy.length === 0;
    this.pages.show(busy);
  }

  fill(line, queue) {
    line.classList.toggle("free", queue.waiting === 0);
    sayBoth(line.querySelector(".name"), this.voice, queue.name);
    const isFree = queue.waiting === 0;
    sayFigure(line.querySelector(".count"), this.voice, isFree ? "" : String(queue.waiting), isFree ? "" : "board-people");
    sayFigure(line.querySelector(".wait"), this.voice, ...wait(queue));
  }
}

// The figure and its unit.
function wait({ waiting, wait: range }) {
  if (waiting === 0) return ["", "board-nobody"];
  if (!range) return ["", "board-wait-unknown"];
  const low = Math.floor(Math.max(0, range.low_s) / 60);
  const high = Math.max(1, low, Math.ceil(Math.max(0, range.high_s) / 60));
  return [low === high ? String(high) : `${low}–${high}`, "board-minutes"];
}

function order(a, b) {
  return a.department.localeCompare(b.department) || a.service.localeCompare(b.service);
}
