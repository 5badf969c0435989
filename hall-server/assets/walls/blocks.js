// What stands on the screen: blocks, ticked and in order.

import { part, write } from "../staff/dom.js";
import { word } from "../staff/words.js";
import { currentLayout, edit, page, usualBlocks } from "./draft.js";
import { orderable } from "./order.js";

const form = document.getElementById("fields");
const usual = part(form, "usual");
const render = orderable(
  part(form, "blocks"),
  () => currentLayout().blocks,
  (blocks) => edit({ blocks }),
);

/** Shows the draft's blocks. */
export function renderBlocks() {
  render(page.blocks, fillRow);
  const { kind, blocks } = currentLayout();
  if (usual) usual.disabled = String(blocks) === String(usualBlocks(kind));
}

function fillRow(row, block) {
  const name = word(`walls-block-${block}`);
  write(row, "name", name);
  write(row, "about", word(`walls-about-${block}`));
  return name;
}

usual?.addEventListener("click", () => edit({ blocks: usualBlocks(currentLayout().kind) }));
