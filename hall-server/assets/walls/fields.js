// The plain fields of a layout: its kind and window, its look, the running line, the volume.

import { part, show, write } from "../staff/dom.js";
import { setup } from "../staff/setup.js";
import { word } from "../staff/words.js";
import { currentLayout, edit, namesWindow, page, usualBlocks } from "./draft.js";

const form = document.getElementById("fields");
const controls = form.elements;
const mayEdit = document.getElementById("save") !== null;

const CHOICES = ["kind", "theme", "language", "languages"];
const RANGES = ["scale_percent", "volume_percent"];
const MARQUEE = ["zh", "en"];

/** Shows the draft. */
export function renderFields() {
  const layout = currentLayout();
  for (const name of CHOICES) controls[name].value = layout[name];
  for (const name of RANGES) {
    controls[name].value = layout[name];
    write(form, name, word("walls-percent", { value: layout[name] }));
  }
  for (const name of MARQUEE) set(controls[`marquee_${name}`], layout.marquee?.[name] ?? "");
  show(part(form, "window-field"), namesWindow(layout.kind));
  write(form, "window-name", word(layout.kind === "floor" ? "walls-window-near" : "walls-window"));
  controls.window.value = layout.window ?? "";
}

/** Writes only what differs, so that the cursor stays where somebody types. */
function set(control, value) {
  if (control.value !== value) control.value = value;
}

function take({ name, value }) {
  if (name === "kind") edit({ kind: value, blocks: blocksFor(value) });
  else if (name === "window") edit({ window: value || null });
  else if (CHOICES.includes(name)) edit({ [name]: value });
  else if (RANGES.includes(name)) edit({ [name]: Number(value) }, name);
  else if (name.startsWith("marquee_")) takeMarquee(name, value);
}

/** The usual blocks give way to those of the new kind; blocks that somebody chose stay. */
function blocksFor(kind) {
  const { kind: before, blocks } = currentLayout();
  return String(blocks) === String(usualBlocks(before)) ? usualBlocks(kind) : blocks;
}

function takeMarquee(name, value) {
  const { zh = "", en = "" } = currentLayout().marquee ?? {};
  edit({ marquee: { zh, en, [name.slice("marquee_".length)]: value } }, name);
}

controls.scale_percent.min = page.least_scale;
controls.scale_percent.max = page.most_scale;
controls.window.append(...setup.windows.map(({ id, name }) => new Option(word("walls-window-name", { name }), id)));
for (const control of controls) if (control.name) control.disabled = !mayEdit;
form.addEventListener("input", ({ target }) => target.name && take(target));
