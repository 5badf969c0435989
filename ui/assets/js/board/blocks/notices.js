// What the hall wants everybody to know: one notice after another, each as large as it fits; what is longer
// than the screen turns pages.

import { bothWords, say, sayBoth } from "../say.js";

const PAGE_FOR_MS = 12_000;
// The size of a letter, in rem of its usual size: from the largest down, until the text needs one page.
const LARGEST = 1.2;
const SMALLEST = 0.55;
const STEP = 0.93;

export class Notices {
  constructor(element, context) {
    this.element = element;
    this.voice = context.voice;
    this.text = element.querySelector(".text");
    this.note = element.querySelector(".page");
    this.notices = [];
    this.painted = "";
    this.notice = 0;
    this.page = 0;
    this.turned = 0;
    this.watch = new ResizeObserver(() => this.fit());
    this.watch.observe(this.text);
  }

  update({ screen }) {
    this.notices = screen.notices;
    const hasMedia = screen.layout.blocks.includes("media") && screen.media.length > 0;
    this.element.hidden = this.notices.length === 0 && hasMedia;
    this.notice = Math.min(this.notice, Math.max(0, this.notices.length - 1));
    this.paint();
  }

  // Pages of a notice, then the next notice.
  tick(now) {
    if (this.turned === 0 || now < this.turned) this.turned = now;
    if (now - this.turned < PAGE_FOR_MS) return;
    this.turned = now;
    if (this.page + 1 < this.pages()) {
      this.show(this.page + 1);
    } else if (this.notices.length > 1) {
      this.notice = (this.notice + 1) % this.notices.length;
      this.page = 0;
      this.paint();
    } else {
      this.show(0);
    }
  }

  close() {
    this.watch.disconnect();
  }

  paint() {
    const notice = this.notices[this.notice] ?? this.nothing();
    const picture = JSON.stringify([notice, this.voice.first]);
    if (picture !== this.painted) {
      this.painted = picture;
      this.element.classList.toggle("empty", this.notices.length === 0);
      sayBoth(this.element.querySelector(".heading"), this.voice, notice.title);
      sayBoth(this.text, this.voice, notice.text);
      this.fit();
    }
    this.number();
  }

  nothing() {
    return {
      title: bothWords(this.voice, "board-no-notices"),
      text: bothWords(this.voice, "board-no-notices-hint"),
    };
  }

  // The largest letters with which the text needs one page, else the smallest.
  fit() {
    this.text.scrollLeft = 0;
    for (let letter = LARGEST; letter >= SMALLEST; letter *= STEP) {
      this.element.style.setProperty("--letter", `${letter}rem`);
      if (this.pages() === 1) break;
    }
    this.show(Math.min(this.page, this.pages() - 1));
  }

  // The text flows in columns as wide as its box.
  pages() {
    return Math.max(1, Math.round(this.text.scrollWidth / Math.max(1, this.text.clientWidth)));
  }

  show(page) {
    this.page = page;
    this.text.scrollLeft = page * this.text.clientWidth;
    this.number();
  }

  number() {
    const many = this.notices.length > 1 ? `${this.notice + 1} / ${this.notices.length}` : "";
    say(this.note, many);
  }
}
