// Pictures and videos, one after another, each fading into the next. The page holds the one that is shown and
// the one that comes or goes, however many there are. What cannot be shown is left out for a while.

import { Slide, addressOf } from "../slide.js";

const FADES_FOR_MS = 1_500;
const TRIED_AGAIN_AFTER_MS = 60_000;

export class Media {
  constructor(element) {
    this.element = element;
    this.element.hidden = true;
    this.files = [];
    this.listed = "";
    this.broken = new Set();
    this.brokenSince = 0;
    this.place = -1;
    this.present = null;
    this.coming = null;
    this.leaving = null;
    this.leavesUntil = 0;
  }

  update({ screen }) {
    const listed = JSON.stringify(screen.media);
    if (listed === this.listed) return;
    this.listed = listed;
    this.files = screen.media;
    this.broken.clear();
    this.drop("coming");
    // What stays in the folder stays on the screen.
    this.place = this.files.findIndex((file) => addressOf(file) === this.present?.address);
    if (this.place < 0) this.next();
  }

  tick() {
    const now = performance.now();
    if (this.leaving && now > this.leavesUntil) this.drop("leaving");
    if (this.broken.size > 0 && now - this.brokenSince > TRIED_AGAIN_AFTER_MS) this.broken.clear();
    if (this.coming) this.coming.tick(now);
    else if (this.present) this.present.tick(now);
    else this.next();
  }

  close() {
    for (const place of ["coming", "present", "leaving"]) this.drop(place);
  }

  next() {
    const order = this.files.map((_, step) => (this.place + 1 + step) % this.files.length);
    const place = order.find((one) => !this.broken.has(addressOf(this.files[one])));
    if (place === undefined) return this.nothing();
    this.place = place;
    const file = this.files[place];
    if (this.present?.address === addressOf(file)) return this.present.play(this.company());
    const slide = new Slide(file, {
      ready: () => this.show(slide),
      over: () => this.coming || this.next(),
      broken: () => this.skip(slide),
    });
    this.coming = slide;
    this.element.append(slide.view);
  }

  show(slide) {
    this.drop("leaving");
    this.present?.leave();
    this.leaving = this.present;
    this.leavesUntil = performance.now() + FADES_FOR_MS;
    this.present = slide;
    this.coming = null;
    this.element.hidden = false;
    slide.play(this.company());
  }

  skip(slide) {
    this.broken.add(slide.address);
    this.brokenSince = performance.now();
    if (slide === this.coming) this.drop("coming");
    if (!this.coming) this.next();
  }

  // No file can be shown.
  nothing() {
    this.drop("present");
    this.drop("leaving");
    this.element.hidden = true;
  }

  company() {
    return { alone: this.files.length - this.broken.size === 1 };
  }

  drop(place) {
    this[place]?.release();
    this[place] = null;
  }
}
