// A display's layout as it is being edited: what it began from, and the way back. It outlives a change of
// language or size and a session that ended, because the tab keeps it until it is saved.

import { pageData } from "../staff/dom.js";

const MOST_STEPS_BACK = 50;

/** What the page was made with: the display, the layout in force, the kinds and blocks there are, limits. */
export const page = pageData("editor");

const KEPT_AS = `openhall-layout-draft-${page.display}`;

let saved = { revision: page.revision, layout: page.layout };
let seen = page.revision;
let layout = structuredClone(page.layout);
let steps = [];
let lastStep = null;
let tell = () => {};
let keeps = false;

/** The layout as it is now. */
export function currentLayout() {
  return layout;
}

/** The revision that is in force, as far as the page knows. */
export function savedRevision() {
  return saved.revision;
}

/** What is sent to the hall to save the draft. */
export function asRequest() {
  return { seen, layout: cleaned(layout) };
}

/** Whether the draft is another layout than the one in force. */
export function isChanged() {
  return !isSame(layout, saved.layout);
}

/** Whether there is a step to take back. */
export function canStepBack() {
  return steps.length > 0;
}

/**
 * Calls `listener` after every change. For somebody who may save, the tab keeps the draft: gives whether
 * there was one to take up.
 */
export function begin(listener, mayEdit) {
  tell = listener;
  keeps = mayEdit;
  const kept = keeps ? JSON.parse(sessionStorage.getItem(KEPT_AS)) : null;
  const isNews = kept !== null && !isSame(kept.layout, layout);
  if (isNews) ({ seen, layout } = kept);
  changed();
  return isNews;
}

/**
 * Changes the draft: `fields` take the place of those it has. Changes in a row with the same `step`, such as
 * the letters of one text, are taken back as one.
 */
export function edit(fields, step = null) {
  if (step === null || step !== lastStep) steps.push(layout);
  steps = steps.slice(-MOST_STEPS_BACK);
  lastStep = step;
  layout = { ...layout, ...structuredClone(fields) };
  changed();
}

/** Takes the last step back. */
export function stepBack() {
  layout = steps.pop() ?? layout;
  lastStep = null;
  changed();
}

/** Back to the layout in force. */
export function revert() {
  edit(saved.layout);
}

/** This is in force now; the draft stays as it is, and can be saved over it. */
export function learn(kept) {
  saved = kept;
  seen = kept.revision;
  changed();
}

/** What usually stands on a kind of screen. */
export function usualBlocks(kind) {
  return page.kinds.find((it) => it.kind === kind).blocks;
}

/** A layout without what has no meaning in it: the window of a screen that is no window's, what is left empty. */
export function cleaned(it) {
  const { zh = "", en = "" } = it.marquee ?? {};
  const marquee = zh.trim() || en.trim() ? { zh, en } : null;
  const quiet = it.quiet.filter(({ from, to }) => from.trim() || to.trim());
  return { ...it, window: namesWindow(it.kind) ? it.window : null, marquee, quiet };
}

/** Whether a window says something of this kind of screen: whose it is, or on which floor it hangs. */
export function namesWindow(kind) {
  return kind === "window" || kind === "floor";
}

function changed() {
  if (keeps && isChanged()) sessionStorage.setItem(KEPT_AS, JSON.stringify({ seen, layout }));
  else if (keeps) sessionStorage.removeItem(KEPT_AS);
  tell();
}

function isSame(one, other) {
  return JSON.stringify(inOrder(cleaned(one))) === JSON.stringify(inOrder(cleaned(other)));
}

/** A value with the fields of its objects in one order, so that equal values are written alike. */
function inOrder(value) {
  if (Array.isArray(value)) return value.map(inOrder);
  if (value === null || typeof value !== "object") return value;
  return Object.keys(value).sort().map((key) => [key, inOrder(value[key])]);
}
