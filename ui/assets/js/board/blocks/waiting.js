// One line for each service somebody waits for, or could come to at once: how many, and how long.

import { Pages } from "../pages.js";
import { breadth, sayBoth, sayFigure } from "../say.js";

// The second language's letters, against the first's.
const SECOND_IS = 0.62;

export class Waiting {
  constructor(element, { voice }) {
    this.voice = voice;
    this.none = element.querySelector(".none");
    const fill = (line, queue) => this.fill(line, queue);
    this.pages = new Pages({ element, template: "queue", fill, voice });
  }

  update({ queues }) {
    const busy = queues.filter(
      ({ waiting, open_windows, availability }) =>
        waiting > 0 || (open_windows > 0 && availability.state === "open"),
    );
    // Always in the same order, so that a visitor finds the line where it was; the waited-for first.
    busy.sort((a, b) => Number(b.waiting > 0) - Number(a.waiting > 0) || order(a, b));
    this.none.hidden = busy.length > 0;
    // Lines are higher while one of them has a long name, so that all stand on one grid.
    const isLong = busy.some(({ name }) => this.lengthOf(name) !== "short");
    this.pages.list.dataset.names = isLong ? "long" : "short";
    this.pages.show(busy);
  }

  tick() {
    this.pages.tick();
  }

  close() {
    this.pages.close();
  }

  fill(line, queue) {
    const isFree = queue.waiting === 0;
    line.classList.toggle("free", isFree);
    line.dataset.name = this.lengthOf(queue.name);
    sayBoth(line.querySelector(".name"), this.voice, queue.name);
    sayFigure(line.querySelector(".count"), this.voice, ...count(queue));
    sayFigure(line.querySelector(".wait"), this.voice, ...wait(queue));
  }

  // For the styles to choose a size with which a name can be read whole; the second language is smaller.
  lengthOf(name) {
    const { first, second, languages } = this.voice;
    const small = languages === "both" ? breadth(name[second]) * SECOND_IS : 0;
    const units = Math.max(breadth(name[first]), small);
    if (units <= 22) return "short";
    return units <= 44 ? "long" : "very-long";
  }
}

// Each a figure and its unit.
function count({ waiting }) {
  return waiting === 0 ? ["", ""] : [String(waiting), "board-people"];
}

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
