// The kiosk's page without reloading: forms are sent and the answer's parts put in place, changes made by
// the machine (a slip printed, a menu that changed) are fetched when the kiosk says so, and seconds count
// down. Without this module the same page works by its plain forms.

const REGIONS = ["top", "main", "below", "bench"];
const TYPING_PAUSE_MS = 250;
const TOUCH_EVERY_MS = 3000;
const LOST_AFTER_MS = 5000;
const HERE_EVERY_MS = 5000;

const served = new Map(REGIONS.map((id) => [id, document.getElementById(id)?.outerHTML]));
let line = Promise.resolve();
let pressed = false;
let stale = false;
let counting = [];
let slide;

// One thing after the other, so that quick touches arrive in their order.
function inOrder(work) {
  line = line.then(work).catch(() => {});
  return line;
}

function show(html) {
  const next = new DOMParser().parseFromString(html, "text/html");
  document.documentElement.lang = next.documentElement.lang;
  document.documentElement.className = next.documentElement.className;
  document.title = next.title;
  const skip = next.querySelector(".skip");
  if (skip) document.querySelector(".skip")?.replaceWith(document.adoptNode(skip));
  const keep = remember();
  for (const id of REGIONS) {
    const fresh = next.getElementById(id);
    const old = document.getElementById(id);
    if (served.get(id) === fresh?.outerHTML) continue;
    served.set(id, fresh?.outerHTML);
    if (fresh && old) old.replaceWith(document.adoptNode(fresh));
    else if (fresh) document.body.append(document.adoptNode(fresh));
    else old?.remove();
  }
  restore(keep);
  startCounting();
  moveSlide();
}

// A slide moves when it comes, not when a number on it changes.
function moveSlide() {
  const element = document.querySelector("[data-slide]");
  if (element && element.dataset.slide !== slide) element.classList.add("fresh");
  slide = element?.dataset.slide;
}

// What a person is in the middle of: where the list stands and what is being typed.
function remember() {
  const field = document.activeElement;
  const typing = field?.matches("input") ? { id: field.id, value: field.value } : null;
  return { typing, heading: heading(), scroll: document.getElementById("list")?.scrollTop };
}

function restore({ typing, heading: before, scroll }) {
  const list = document.getElementById("list");
  if (list && scroll && before === heading()) list.scrollTop = scroll;
  const field = typing && document.getElementById(typing.id);
  if (field) field.value = typing.value;
  focus(field || document.querySelector("main [autofocus]"));
}

function focus(element) {
  element?.focus();
  element?.setSelectionRange?.(element.value.length, element.value.length);
}

function heading() {
  return document.querySelector("main h1")?.textContent;
}

async function post(form, button) {
  const body = new URLSearchParams(new FormData(form, button));
  // While somebody types there is no button yet; the form says what typing means.
  if (!button) body.set("act", form.dataset.typed);
  return fetch(form.getAttribute("action"), { method: "POST", body });
}

async function send(form, button) {
  const response = await post(form, button);
  if (response.ok) show(await response.text());
}

async function look() {
  // Not while a finger is on a button that would be replaced under it.
  if (pressed) {
    stale = true;
    return;
  }
  stale = false;
  const response = await fetch("/");
  if (response.ok) show(await response.text());
}

function startCounting() {
  const now = performance.now();
  counting = [...document.querySelectorAll("[data-count]")].map((place) => ({
    place,
    until: now + Number(place.textContent) * 1000,
  }));
}

function count() {
  for (const { place, until } of counting) {
    place.textContent = Math.max(0, Math.ceil((until - performance.now()) / 1000));
  }
}

// The form in which somebody types, until what is typed has been sent.
let typedIn = null;
let pause;

document.addEventListener("submit", (event) => {
  event.preventDefault();
  const { target, submitter } = event;
  const typed = typedIn === target ? null : typedIn;
  typedIn = null;
  clearTimeout(pause);
  // A key on the screen comes after what was typed on the keyboard.
  if (typed) inOrder(() => post(typed));
  inOrder(() => send(target, submitter));
});

document.addEventListener("input", (event) => {
  const form = event.target.closest("[data-typed]");
  if (!form || event.isComposing) return;
  typedIn = form;
  clearTimeout(pause);
  pause = setTimeout(() => {
    typedIn = null;
    inOrder(() => send(form));
  }, TYPING_PAUSE_MS);
});
document.addEventListener("compositionend", (event) => {
  event.target.dispatchEvent(new Event("input", { bubbles: true }));
});

let touched = 0;
function touch() {
  if (performance.now() - touched < TOUCH_EVERY_MS) return;
  touched = performance.now();
  fetch("/stay", { method: "POST" }).catch(() => {});
}
for (const kind of ["pointerdown", "keydown", "wheel"]) {
  document.addEventListener(kind, touch, { passive: true });
}
document.addEventListener("scroll", touch, { passive: true, capture: true });
document.addEventListener("pointerdown", () => (pressed = true), { passive: true });
for (const kind of ["pointerup", "pointercancel"]) {
  document.addEventListener(kind, () => {
    pressed = false;
    // After the click that follows has been sent.
    if (stale) setTimeout(() => inOrder(look));
  });
}

// The machine itself may stop: then nothing on this page is true any more, and the page says so.
// A kiosk that hangs closes nothing, so it is silence that counts.
const changes = new EventSource("/changes");
let heardAt = Date.now();
function hear() {
  heardAt = Date.now();
  document.getElementById("lost").hidden = true;
}
changes.addEventListener("here", hear);
changes.addEventListener("message", () => {
  hear();
  inOrder(look);
});
changes.addEventListener("error", () => {
  if (changes.readyState === EventSource.CLOSED) setTimeout(() => location.reload(), LOST_AFTER_MS);
});
setInterval(() => {
  if (Date.now() - heardAt > LOST_AFTER_MS) document.getElementById("lost").hidden = false;
}, 1000);

// The kiosk tells the hall whether its screen lives.
function here() {
  fetch("/here", { method: "POST" }).catch(() => {});
}
here();
setInterval(here, HERE_EVERY_MS);

focus(document.querySelector("main [autofocus]"));
startCounting();
moveSlide();
setInterval(count, 500);
