// When the voices of a display are silent: stretches of the day.

import { copy, fillList, part, show } from "../staff/dom.js";
import { word } from "../staff/words.js";
import { currentLayout, edit, page } from "./draft.js";

const form = document.getElementById("fields");
const rows = part(form, "quiet");
const add = part(form, "quiet-add");

/** Shows the draft's quiet hours. */
export function renderQuiet() {
  const { quiet } = currentLayout();
  fillList(rows, quiet.map((_, index) => index), (index) => index, makeRow, (row, index) => {
    const hours = quiet[index];
    for (const name of ["from", "to"]) {
      const input = part(row, name);
      if (input.value !== hours[name]) input.value = hours[name];
    }
    part(row, "remove").setAttribute("aria-label", word("walls-quiet-remove", hours));
  });
  if (add) add.disabled = quiet.length >= page.most_quiet;
}

function makeRow() {
  const row = copy("quiet-hours");
  for (const name of ["from", "to"]) part(row, name).disabled = !add;
  show(part(row, "remove"), add !== null);
  return row;
}

const indexOf = (element) => Number(element.closest("li").dataset.key);

if (add) {
  add.addEventListener("click", () => {
    edit({ quiet: [...currentLayout().quiet, { from: "", to: "" }] });
    part(rows.lastElementChild, "from").focus();
  });
  rows.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (!button) return;
    edit({ quiet: currentLayout().quiet.toSpliced(indexOf(button), 1) });
    (rows.lastElementChild ? part(rows.lastElementChild, "remove") : add).focus();
  });
  rows.addEventListener("input", ({ target }) => {
    const [index, name] = [indexOf(target), target.dataset.part];
    // Who types a Chinese colon means a time all the same.
    const value = target.value.replace("\uff1a", ":");
    const quiet = currentLayout().quiet.map((hours, place) => (place === index ? { ...hours, [name]: value } : hours));
    edit({ quiet }, `quiet-${name}-${index}`);
  });
}
