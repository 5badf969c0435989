// Builds the blocks of a layout in the areas of its kind: the head, the main and the side area, the foot.
//
// A block is a class { constructor(element, { voice }), update(view), tick(now), close() }: `element` is a
// copy of <template id="block-NAME">, `view` is what board.js keeps. tick and close may be left out. Styles
// place the areas, by kind, in css/board/layouts/.

import { Area } from "./area.js";
import { Calls } from "./blocks/calls.js";
import { Clock } from "./blocks/clock.js";
import { Guide } from "./blocks/guide.js";
import { Marquee } from "./blocks/marquee.js";
import { Media } from "./blocks/media.js";
import { Next } from "./blocks/next.js";
import { Notices } from "./blocks/notices.js";
import { OwnWindow } from "./blocks/own-window.js";
import { Waiting } from "./blocks/waiting.js";
import { Windows } from "./blocks/windows.js";
import { copyOf } from "./say.js";

const BLOCKS = {
  calls: Calls,
  clock: Clock,
  guide: Guide,
  marquee: Marquee,
  media: Media,
  next: Next,
  notices: Notices,
  "own-window": OwnWindow,
  waiting: Waiting,
  windows: Windows,
};

// What stands in the main area of a kind; the rest stands at its side.
const MAIN = {
  lobby: ["calls", "guide"],
  zone: ["calls", "guide"],
  window: ["calls"],
  floor: ["guide"],
  notice: ["notices", "media"],
};

export class Arrangement {
  constructor(voice) {
    this.voice = voice;
    this.blocks = new Map();
    this.built = "";
    this.side = new Area(document.getElementById("side"));
  }

  // Takes on the screen's layout. Blocks stay what they are unless others are wanted.
  wear(screen) {
    const { kind, blocks, theme, scale_percent: scale, window } = screen.layout;
    const root = document.documentElement;
    Object.assign(root.dataset, { kind, theme, scale });
    root.style.setProperty("--scale", scale / 100);
    const wanted = JSON.stringify([kind, blocks, window]);
    if (wanted === this.built) return;
    this.built = wanted;
    this.clear();
    this.build(kind, blocks);
  }

  build(kind, names) {
    const known = [...new Set(names)].filter((name) => name in BLOCKS);
    // Without anything in the main area, the rest has the room.
    const hasMain = known.some((name) => areaOf(kind, name) === "main");
    for (const name of known) {
      const area = areaOf(kind, name);
      const role = kind === "window" && name === "calls" ? "own-window" : name;
      const element = copyOf(`block-${role}`);
      element.dataset.block = name;
      document.getElementById(area === "side" && !hasMain ? "main" : area).append(element);
      this.blocks.set(name, new BLOCKS[role](element, { voice: this.voice }));
    }
    this.side.fit();
  }

  clear() {
    for (const block of this.blocks.values()) block.close?.();
    this.blocks.clear();
    for (const element of document.querySelectorAll("[data-block]")) element.remove();
  }

  update(view) {
    for (const block of this.blocks.values()) alone(() => block.update(view));
  }

  tick(now) {
    for (const block of this.blocks.values()) alone(() => block.tick?.(now));
    this.side.tick();
  }
}

function areaOf(kind, name) {
  if (name === "clock") return "head";
  if (name === "marquee") return "foot";
  return MAIN[kind]?.includes(name) ? "main" : "side";
}

// One block's mistake is told to the browser's log and does not stop the others.
function alone(work) {
  try {
    work();
  } catch (mistake) {
    reportError(mistake);
  }
}
