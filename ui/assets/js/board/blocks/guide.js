// Where everything is: floors, zones, windows and their services. The floor on which the screen hangs stands
// out, says which window takes what, and stays; the others turn pages when there is no room for all.

import { directory } from "../directory.js";
import { bothWords, copyOf, say, sayBoth } from "../say.js";

const PAGE_FOR_MS = 10_000;
// From roomy to close, until everything fits. What does not fit even so turns pages, which are easier to read
// unless there are many.
const DENSITIES = ["roomy", "middle", "close"];
const OF_PAGES = ["middle", "close"];
const FEW_PAGES = 2;

export class Guide {
  constructor(element, context) {
    this.element = element;
    this.voice = context.voice;
    this.floors = element.querySelector(".floors");
    this.note = element.querySelector(".page");
    this.painted = "";
    this.pages = [];
    this.shown = 0;
    this.watch = new ResizeObserver(() => this.fit());
    this.watch.observe(this.floors);
  }

  update({ windows, queues, screen }) {
    const floors = directory(windows, queues);
    const here = floorOf(windows, screen.layout.window);
    const picture = JSON.stringify([floors, here, this.voice.first]);
    if (picture === this.painted) return;
    this.painted = picture;
    this.floors.replaceChildren(...floors.map((floor) => this.floor(floor, floor.floor === here)));
    this.fit();
  }

  tick(now) {
    if (this.pages.length < 2) return;
    const page = Math.floor(now / PAGE_FOR_MS) % this.pages.length;
    if (page !== this.shown) this.show(page);
  }

  close() {
    this.watch.disconnect();
  }

  floor({ floor, zones }, isHere) {
    const row = copyOf("guide-floor");
    row.classList.toggle("here", isHere);
    say(row.querySelector(".level"), floor);
    row.querySelector(".you-are-here").hidden = !isHere;
    const item = ({ name, parts, whole }) => this.zone(name, isHere ? parts : [whole]);
    row.querySelector(".zones").append(...zones.map(item));
    return row;
  }

  zone(name, parts) {
    const item = copyOf("guide-zone");
    sayBoth(item.querySelector(".name"), this.voice, name);
    item.querySelector(".parts").append(...parts.map((part) => this.part(part)));
    return item;
  }

  part({ windows, services, more, all }) {
    const item = copyOf("guide-part");
    say(item.querySelector(".at"), windows[this.voice.first]);
    const rest = all ? bothWords(this.voice, "board-guide-all") : bothWords(this.voice, "board-guide-more", { count: more });
    const labels = more > 0 || all ? [...services, rest] : services;
    for (const [place, language] of [[".first", this.voice.first], [".second", this.voice.second]]) {
      item.querySelector(place).append(...labels.map((label) => service(label[language])));
    }
    return item;
  }

  // Chooses how close it stands; floors that still find no room turn pages.
  fit() {
    const rows = [...this.floors.children];
    rows.forEach((row) => (row.hidden = false));
    this.pages = [rows];
    if (!DENSITIES.some((density) => this.holds(rows, density))) {
      OF_PAGES.some((density) => {
        this.element.dataset.density = density;
        this.pages = this.divide(rows);
        return this.pages.length <= FEW_PAGES && this.pages.every((page) => this.holds(page, density));
      });
    }
    this.show(Math.min(this.shown, this.pages.length - 1));
  }

  // Whether there is room for these floors.
  holds(rows, density) {
    this.element.dataset.density = density;
    return this.heightOf(rows) <= this.floors.clientHeight;
  }

  heightOf(rows) {
    const { rowGap, paddingTop } = getComputedStyle(this.floors);
    const gap = parseFloat(rowGap) || 0;
    return rows.reduce((total, row) => total + row.offsetHeight + gap, parseFloat(paddingTop));
  }

  divide(rows) {
    const room = this.floors.clientHeight;
    const here = rows.filter((row) => row.classList.contains("here"));
    const pages = [[]];
    for (const row of rows.filter((row) => !here.includes(row))) {
      const page = pages.at(-1);
      if (page.length > 0 && this.heightOf([...here, ...page, row]) > room) pages.push([row]);
      else page.push(row);
    }
    return pages.map((page) => [...here, ...page]);
  }

  show(page) {
    this.shown = Math.max(0, page);
    const shown = new Set(this.pages[this.shown]);
    for (const row of this.floors.children) row.hidden = !shown.has(row);
    say(this.note, this.pages.length > 1 ? `${this.shown + 1} / ${this.pages.length}` : "");
  }
}

function floorOf(windows, window) {
  return windows.find(({ at }) => at.window === window)?.at.floor ?? null;
}

function service(text) {
  const item = document.createElement("span");
  item.textContent = text;
  return item;
}
