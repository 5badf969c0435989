// A list that may be longer than its place: it fills as many columns as help, and turns pages when even
// they are not enough. Elements are kept and filled anew, so their number is what fits on one page.
//
// The styles of the list say how: --line-height and --dense-line-height (of one column, of several),
// --column-width (at least that) and --most-columns, in rem.

import { copyOf, say } from "./say.js";

const PAGE_FOR_MS = 8_000;

export class Pages {
  // fill(element, item) writes an item into a copy of `template`. The list is `.lines` in `element`, the
  // note that says which page it is `.page`.
  constructor({ element, template, fill, voice }) {
    Object.assign(this, { template, fill, voice });
    this.list = element.querySelector(".lines");
    this.note = element.querySelector(".page");
    this.items = [];
    this.page = 0;
    this.pages = 1;
    this.turned = performance.now();
    this.watch = new ResizeObserver(() => this.draw());
    this.watch.observe(this.list);
  }

  show(items) {
    this.items = items;
    this.draw();
  }

  tick() {
    const now = performance.now();
    if (this.pages === 1 || now - this.turned < PAGE_FOR_MS) return;
    this.turned = now;
    this.page += 1;
    this.draw();
  }

  close() {
    this.watch.disconnect();
  }

  draw() {
    const capacity = this.arrange();
    const pages = Math.max(1, Math.ceil(this.items.length / capacity));
    if (this.pages === 1) this.turned = performance.now();
    this.pages = pages;
    this.page %= pages;
    // A last page with few lines is filled up from the one before, so that nothing jumps.
    const start = Math.max(0, Math.min(this.page * capacity, this.items.length - capacity));
    this.write(this.items.slice(start, start + capacity));
    const values = { page: this.page + 1, pages };
    say(this.note, pages > 1 ? `${values.page} / ${values.pages}` : "");
    this.note.setAttribute("aria-label", this.voice.words.with("board-page", values));
  }

  // Chooses the columns; answers how many items a page holds.
  arrange() {
    const style = getComputedStyle(this.list);
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const value = (name) => parseFloat(style.getPropertyValue(name));
    const room = this.list.clientHeight / rem;
    const breadth = this.list.clientWidth / rem;
    const fitting = Math.floor(breadth / value("--column-width"));
    const most = Math.max(1, Math.min(value("--most-columns"), fitting));
    let columns = 0;
    let rows = 0;
    do {
      columns += 1;
      const height = value(columns === 1 ? "--line-height" : "--dense-line-height");
      rows = Math.max(1, Math.floor(room / height));
    } while (rows * columns < this.items.length && columns < most);
    this.list.dataset.columns = columns;
    this.list.style.setProperty("--rows", rows);
    this.list.style.setProperty("--columns", columns);
    return rows * columns;
  }

  write(items) {
    while (this.list.children.length > items.length) this.list.lastElementChild.remove();
    while (this.list.children.length < items.length) this.list.append(copyOf(this.template));
    items.forEach((item, index) => this.fill(this.list.children[index], item));
  }
}
