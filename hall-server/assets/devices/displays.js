// The screens on the walls: whether each is connected, those that are not first.

import { copy, fillList, part, show, write } from "../staff/dom.js";
import { label } from "../staff/setup.js";
import { word } from "../staff/words.js";

const root = document.getElementById("devices");

/** Shows the displays. */
export function renderDisplays(displays) {
  const sorted = displays.toSorted((a, b) => a.connected - b.connected);
  show(part(root, "displays"), displays.length > 0);
  fillList(part(root, "display-rows"), sorted, ({ display }) => display, () => copy("display-row"), fill);
}

function fill(row, { name, connected }) {
  const state = connected ? "connected" : "gone";
  write(row, "name", label(name));
  write(row, "state", word(`devices-display-${state}`)).className = `chip ${connected ? "open" : "closed"}`;
}
