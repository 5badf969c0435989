// An area whose blocks stand below each other. When letters are so large that there is no room for all of
// them, as many as there is room for take turns.

const TURN_FOR_MS = 12_000;
// A heading and a line, in rem.
const LEAST_HEIGHT = 11;

export class Area {
  constructor(element) {
    this.element = element;
    this.first = 0;
    this.turned = performance.now();
    new ResizeObserver(() => this.fit()).observe(element);
  }

  tick() {
    if (performance.now() - this.turned < TURN_FOR_MS) return;
    this.turned = performance.now();
    this.first += this.room();
    this.fit();
  }

  fit() {
    const blocks = [...this.element.children];
    const room = this.room();
    const takeTurns = room < blocks.length;
    const first = takeTurns ? this.first % blocks.length : 0;
    this.element.toggleAttribute("data-turns", takeTurns);
    blocks.forEach((block, place) => {
      const after = (place - first + blocks.length) % blocks.length;
      block.toggleAttribute("data-waits", takeTurns && after >= room);
    });
  }

  // How many blocks there is room for; in two columns their rows have it.
  room() {
    const style = getComputedStyle(this.element);
    if (style.display !== "flex") return this.element.children.length;
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const gap = parseFloat(style.rowGap) || 0;
    return Math.max(1, Math.floor((this.element.clientHeight + gap) / (LEAST_HEIGHT * rem + gap)));
  }
}
