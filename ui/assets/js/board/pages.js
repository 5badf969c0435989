// A list that may be longer than its place: it fills as many columns as help, and turns pages when even
// they are not enough. Elements are kept and filled anew, so their number is what fits on one page.

import { copyOf, say } from "./say.js";

const PAGE_FOR_MS = 8_000;

export class Pages {
  // fill(element, item) writes an item into a copy of `template`.
  constructor({ list, note, template, fill, voice }) {
    Object.assign(this, { list, note, template, fill, voice });
    this.items = [];
    this.page = 0;
    this.turner = null;
    new ResizeObserver(() => this.draw()).observe(list);
  }

  show(items) {
    this.items = items;
    this.draw();
  }

  draw() {
    const capacity = this.arrange();
    const pages = Math.max(1, Math.ceil(this.items.length / capacity));
    this.page %= pages;
    this.keepTurning(pages);
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
    const most = Number(style.getPropertyValue("--most-columns")) || 1;
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const length = (name) => parseFloat(style.getPropertyValue(name)) * rem;
    const room = this.list.clientHeight;
    for (let columns = 1; columns <= most; columns += 1) {
      const rows = Math.max(1, Math.floor(room / length(columns === 1 ? "--line-height" : "--dense-line-height")));
      if (rows * columns >= this.items.length || columns === most) {
        this.list.dataset.columns = columns;
        this.list.style.setProperty("--rows", rows);
        return rows * columns;
      }
    }
    return 1;
  }

  keepTurning(pages) {
    if (pages > 1 && this.turner === null) {
      this.turner = setInterval(() => {
        this.page += 1;
        this.draw();
      }, PAGE_FOR_MS);
    } else if (pages === 1 && this.turner !== null) {
      clearInterval(this.turner);
      this.turner = null;
    }
  }

  write(items) {
    while (this.list.children.length > items.length) this.list.lastElementChild.remove();
    while (this.list.children.length < items.length) this.list.append(copyOf(this.template));
    items.forEach((item, index) => this.fill(this.list.children[index], item));
  }
}
