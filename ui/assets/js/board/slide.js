// One picture or video in the page, from loading to leaving. It says once that it is ready, and then that it
// is over or broken; after release() it says nothing and keeps nothing.

const PICTURE_FOR_MS = 10_000;
const VIDEO_AT_MOST_MS = 120_000; // one that never ends
const LOADS_FOR_MS = 15_000;

export class Slide {
  constructor(file, { ready, over, broken }) {
    this.address = addressOf(file);
    this.isVideo = file.kind === "video";
    this.view = this.isVideo ? video() : document.createElement("img");
    this.told = { over, broken };
    this.until = performance.now() + LOADS_FOR_MS;
    this.isReady = false;
    const isReady = () => {
      if (this.isReady || !this.told) return;
      this.isReady = true;
      ready();
    };
    this.view.addEventListener(this.isVideo ? "canplay" : "load", isReady);
    this.view.addEventListener("error", () => this.told?.broken());
    this.view.addEventListener("ended", () => this.told?.over());
    this.view.alt = "";
    this.view.src = this.address;
  }

  // Begins its time on the screen, or begins it again.
  play({ alone }) {
    this.until = performance.now() + (this.isVideo ? VIDEO_AT_MOST_MS : PICTURE_FOR_MS);
    this.view.classList.add("shown");
    if (!this.isVideo) return;
    this.view.loop = alone;
    this.view.play().catch(() => this.told?.broken());
  }

  leave() {
    this.told = null;
    this.view.classList.remove("shown");
  }

  tick(now) {
    if (now < this.until) return;
    if (this.isReady) this.told?.over();
    else this.told?.broken();
  }

  // A video that is taken out of the page keeps its memory until it has nothing to play.
  release() {
    this.told = null;
    if (this.isVideo) {
      this.view.pause();
      this.view.removeAttribute("src");
      this.view.load();
    }
    this.view.remove();
  }
}

export function addressOf({ name, revision }) {
  return `/media/${encodeURIComponent(name)}?v=${encodeURIComponent(revision)}`;
}

function video() {
  const view = document.createElement("video");
  return Object.assign(view, { muted: true, playsInline: true, preload: "auto" });
}
