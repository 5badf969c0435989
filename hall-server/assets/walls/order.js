// A list of things that can be ticked and put in order, by mouse and by keyboard: those that are ticked first,
// in their order, then the others.

import { copy, fillList, mark, part } from "../staff/dom.js";
import { word } from "../staff/words.js";

const mayEdit = document.getElementById("save") !== null;

/**
 * Makes such a list of `root`. `names()` gives the ticked names in order, `change(names)` takes others. Gives a
 * function that shows what there is: `render(all, fill)`, where `fill(row, name)` writes a row and gives its
 * label.
 */
export function orderable(root, names, change) {
  let shown = [];

  function render(all, fill) {
    const ticked = names();
    shown = [...ticked, ...all.filter((name) => !ticked.includes(name))];
    fillList(root, shown, (name) => name, makeRow, (row, name, index) => {
      const label = fill(row, name);
      part(row, "box").checked = index < ticked.length;
      mark(row, "off", index >= ticked.length);
      renderMoves(row, label, index, ticked.length);
    });
  }

  function move(name, by) {
    const ticked = names();
    const [from, to] = [ticked.indexOf(name), ticked.indexOf(name) + by];
    if (from < 0 || to < 0 || to >= ticked.length) return;
    const focused = document.activeElement?.dataset.focus;
    change(ticked.toSpliced(from, 1).toSpliced(to, 0, name));
    focusIn(name, focused);
  }

  function tick(name, on) {
    const ticked = names();
    change(on ? [...ticked, name] : ticked.filter((other) => other !== name));
    focusIn(name, "box");
  }

  /** Gives the focus to a control of a row, or to its box if it can do nothing there. */
  function focusIn(name, wanted) {
    const row = root.children[shown.indexOf(name)];
    const control = row?.querySelector(`[data-focus="${wanted}"]`);
    (control && !control.disabled ? control : row && part(row, "box"))?.focus();
    row?.scrollIntoView({ block: "nearest" });
  }

  if (mayEdit) listen(root, { move, tick });
  return render;
}

function makeRow() {
  const row = copy("block");
  part(row, "box").disabled = !mayEdit;
  return row;
}

function renderMoves(row, name, index, count) {
  const possible = { up: index > 0 && index < count, down: index < count - 1 };
  for (const [verb, can] of Object.entries(possible)) {
    const button = part(row, verb);
    button.setAttribute("aria-label", word(`walls-${verb}`, { name }));
    button.title = button.getAttribute("aria-label");
    button.disabled = !mayEdit || !can;
    mark(button, "never", index >= count || !mayEdit);
  }
}

function listen(root, { move, tick }) {
  const nameOf = (target) => target.closest("li").dataset.key;
  root.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (button) move(nameOf(button), button.dataset.part === "up" ? -1 : 1);
  });
  root.addEventListener("change", ({ target }) => tick(nameOf(target), target.checked));
  root.addEventListener("keydown", (event) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!event.altKey || !by) return;
    event.preventDefault();
    move(nameOf(event.target), by);
  });
}
