// The picture beside the parts: what comes out of the printer, drawn by the hall a moment after each
// change. If it cannot be drawn, why stands in its place.

import { part, show, write } from "../staff/dom.js";
import { word } from "../staff/words.js";
import { currentParts } from "./draft.js";

const SETTLE_MS = 150;
/** Dots in a millimetre, at the 203 dots an inch of slip printers. */
const DOTS_PER_MM = 8;

const root = document.getElementById("view");
const choices = part(root, "choices");
const paper = part(root, "paper");
const image = part(root, "image");

let timer;
let asked = null;

/** Draws the draft, once no more changes come. */
export function drawSoon() {
  clearTimeout(timer);
  timer = setTimeout(draw, SETTLE_MS);
}

async function draw() {
  asked?.abort();
  const own = (asked = new AbortController());
  const { sample, paper: mm, language } = Object.fromEntries(new FormData(choices));
  const wish = { template: { parts: currentParts() }, sample, language, paper_mm: Number(mm) };
  const answer = await ask(wish, own.signal);
  // Another change came meanwhile: its picture is on the way.
  if (own.signal.aborted) return;
  paper.dataset.mm = mm;
  if (answer.picture) await showPicture(answer.picture, mm);
  else showFault(answer.fault);
}

async function ask(wish, signal) {
  const headers = { "Content-Type": "application/json", "Accept-Language": document.documentElement.lang };
  try {
    const response = await fetch("/api/v1/slip-template/picture", {
      method: "POST",
      body: JSON.stringify(wish),
      headers,
      signal,
    });
    if (response.ok) return { picture: await asAddress(await response.blob()) };
    const problem = await response.json().catch(() => null);
    return { fault: problem?.message || word("slips-no-picture") };
  } catch {
    return { fault: word("slips-no-picture") };
  }
}

/** A picture as an address that the page may show. */
function asAddress(blob) {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(reader.result));
    reader.readAsDataURL(blob);
  });
}

async function showPicture(address, mm) {
  image.src = address;
  await image.decode().catch(() => {});
  show(image, true);
  show(part(root, "fault"), false);
  const length = Math.round(image.naturalHeight / DOTS_PER_MM);
  write(root, "length", word("slips-length", { mm, length }));
}

function showFault(sentence) {
  write(root, "fault-text", sentence);
  show(part(root, "fault"), true);
  show(image, false);
  write(root, "length", "");
}

choices.addEventListener("change", draw);
choices.addEventListener("submit", (event) => event.preventDefault());
