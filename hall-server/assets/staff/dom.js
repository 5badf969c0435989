// Building pages from <template> elements: copies, named parts, lists that keep their rows.

/** A fresh copy of the first element of a template. */
export function copy(id) {
  return document.getElementById(id).content.firstElementChild.cloneNode(true);
}

/** The element with this `data-part` inside `root`, or `root` itself. */
export function part(root, name) {
  return root.matches(`[data-part="${name}"]`) ? root : root.querySelector(`[data-part="${name}"]`);
}

/** Shows or hides an element. */
export function show(element, visible) {
  element.hidden = !visible;
}

/** Writes text into a part, only when it changed, so that screen readers stay calm. */
export function write(root, name, text) {
  const element = part(root, name);
  if (element.textContent !== text) element.textContent = text;
  return element;
}

/** Writes text into a part and hides the part when there is none. */
export function writeOrHide(root, name, text) {
  const element = write(root, name, text ?? "");
  show(element, Boolean(text));
  return element;
}

/** Sets or removes a `data-` attribute, for styles that depend on a state. */
export function mark(element, name, value) {
  if (value === undefined || value === null || value === false) delete element.dataset[name];
  else element.dataset[name] = value === true ? "" : String(value);
}

/**
 * Makes the children of `list` match `items`: rows are made once, kept by key, moved only when they must.
 * `fill(row, item, index)` writes an item into its row.
 */
export function fillList(list, items, keyOf, make, fill) {
  const rows = new Map();
  for (const row of list.children) rows.set(row.dataset.key, row);
  let place = list.firstElementChild;
  items.forEach((item, index) => {
    const key = String(keyOf(item));
    let row = rows.get(key);
    rows.delete(key);
    if (!row) {
      row = make(item);
      row.dataset.key = key;
    }
    fill(row, item, index);
    if (row === place) place = place.nextElementSibling;
    else list.insertBefore(row, place);
  });
  for (const row of rows.values()) row.remove();
}

/** The JSON that the server put into the page under this id. */
export function pageData(id) {
  return JSON.parse(document.getElementById(id).textContent);
}
