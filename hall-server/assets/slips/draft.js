// The layout as it is being edited: its parts, what it began from, and the way back. It outlives a change
// of language or size and a session that ended, because the tab keeps it until it is saved.

import { pageData } from "../staff/dom.js";

const KEPT_AS = "openhall-slip-draft";
const MOST_STEPS_BACK = 50;

const page = pageData("slip");

/** How many parts a slip may have, and how large its type may be. */
export const limits = { parts: page.most_parts, size: page.largest };

let saved = page;
let seen = page.revision;
let parts = structuredClone(page.template.parts);
let steps = [];
let lastStep = null;
let tell = () => {};
let keeps = false;

/** The parts as they are now. */
export function currentParts() {
  return parts;
}

/** The revision that is in force, as far as the page knows. */
export function savedRevision() {
  return saved.revision;
}

/** What is sent to the hall to save the draft. */
export function asRequest() {
  return { seen, template: { parts } };
}

/** Whether the draft is another layout than the one in force. */
export function isChanged() {
  return !isSame(parts, saved.template.parts);
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
  const isNews = kept !== null && !isSame(kept.parts, parts);
  if (isNews) ({ seen, parts } = kept);
  changed();
  return isNews;
}

/**
 * Changes the draft: `change(parts)` gives the new parts. Changes in a row with the same `step`, such as
 * the letters of one text, are taken back as one.
 */
export function edit(change, step = null) {
  const before = structuredClone(parts);
  parts = change(parts);
  if (step === null || step !== lastStep) steps.push(before);
  steps = steps.slice(-MOST_STEPS_BACK);
  lastStep = step;
  changed();
}

/** Takes the last step back. */
export function stepBack() {
  parts = steps.pop() ?? parts;
  lastStep = null;
  changed();
}

/** Puts another layout in the draft's place. */
export function replace(template) {
  edit(() => structuredClone(template.parts));
}

/** Back to the layout in force. */
export function revert() {
  replace(saved.template);
}

/** This is in force now; the draft stays as it is, and can be saved over it. */
export function learn(kept) {
  saved = kept;
  seen = kept.revision;
  changed();
}

function changed() {
  if (keeps && isChanged()) sessionStorage.setItem(KEPT_AS, JSON.stringify({ seen, parts }));
  else if (keeps) sessionStorage.removeItem(KEPT_AS);
  tell();
}

function isSame(some, others) {
  return JSON.stringify(some.map(inOrder)) === JSON.stringify(others.map(inOrder));
}

/** A part with its fields in one order, so that equal parts are written alike. */
function inOrder({ what, size, align, bold, text }) {
  return [what, size, align, bold, text?.zh ?? null, text?.en ?? null];
}
