// The bench: asks twice a second how the simulated devices are, and presses their keys. The devices of a
// display come one by one when it starts; from then on they stay.

import { readWords } from "/assets/js/words.js";

const EVERY_MS = 500;
// Keys of a keypad that have a digit.
const DIGITS = 9;

const words = readWords();
const find = (id) => document.getElementById(id);
const shown = []; // one { element, kind, name, told } for each device, in their order

const update = {
  strip(element, { text, revision }, place) {
    const image = element.querySelector("img");
    image.alt = text;
    image.src = `/bench/devices/${place}/picture?revision=${revision}`;
    element.querySelector(".shown").textContent = text;
  },
  lamp(element, { lit, blinking }) {
    const state = lit ? (blinking ? "blinking" : "lit") : "dark";
    element.dataset.state = state;
    element.querySelector(".state").textContent = words.get(`wall-bench-lamp-${state}`);
  },
  voice(element, { said, revision }, place) {
    const audio = element.querySelector("audio");
    audio.hidden = revision === 0;
    if (revision > 0) audio.src = `/bench/devices/${place}/sound?revision=${revision}`;
    element.querySelector(".silent").hidden = said.length > 0;
    element.querySelector(".said").replaceChildren(
      ...said.map((sentence) => Object.assign(document.createElement("li"), { textContent: sentence })),
    );
  },
  button(element, { key }, place) {
    showKeys(element, [key], place);
  },
  keypad(element, { text, keys }, place) {
    element.querySelector(".shown").textContent = text;
    showKeys(element, keys, place);
  },
};

function showKeys(element, keys, place) {
  const holder = element.querySelector(".keys");
  if (holder.childElementCount === keys.length) return;
  holder.replaceChildren(
    ...keys.map((key, index) => {
      const button = copy("key");
      const name = `wall-bench-key-${key}`;
      button.querySelector("span").textContent = words.has(name) ? words.get(name) : key;
      const digit = button.querySelector("kbd");
      digit.textContent = index + 1;
      digit.hidden = index >= DIGITS || !element.matches(".keypad");
      button.onclick = () => press(place, key);
      return button;
    }),
  );
}

function copy(id) {
  return find(id).content.firstElementChild.cloneNode(true);
}

function press(place, key) {
  const body = new URLSearchParams({ key });
  fetch(`/bench/devices/${place}/press`, { method: "POST", body }).then(look, away);
}

function show(devices) {
  const isSame = (it, place) => it.name === shown[place].name && it.kind === shown[place].kind;
  if (shown.length !== devices.length || !devices.every(isSame)) rebuild(devices);
  devices.forEach((device, place) => {
    const told = JSON.stringify(device);
    if (told === shown[place].told) return;
    shown[place].told = told;
    update[device.kind](shown[place].element, device, place);
  });
}

function rebuild(devices) {
  shown.length = 0;
  for (const { kind, name } of devices) {
    const element = copy(kind);
    element.querySelector("h2").textContent = words.with(`wall-bench-${kind}`, { name });
    shown.push({ element, kind, name, told: "" });
  }
  find("devices").replaceChildren(...shown.map((it) => it.element));
}

async function look() {
  try {
    const answer = await fetch("/bench/devices");
    show(await answer.json());
    find("away").hidden = true;
  } catch {
    away();
  }
}

function away() {
  find("away").hidden = false;
  // Pictures and sounds of another start have the same numbers.
  for (const device of shown) device.told = "";
}

// Digits press the keys of the keypad that has the focus, or else of the first one.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || !/^[1-9]$/.test(event.key)) return;
  const focused = document.activeElement.closest(".keypad");
  const keypad = focused ?? document.querySelector(".keypad");
  keypad?.querySelectorAll(".keys button")[Number(event.key) - 1]?.click();
});

setInterval(look, EVERY_MS);
look();
