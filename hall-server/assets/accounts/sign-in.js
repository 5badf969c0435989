// Signing in with a keypad for the PIN. The machine remembers at which window it stands.

const WINDOW = "sign-in-window";

const form = document.getElementById("sign-in");
const pin = document.getElementById("pin");
const select = document.getElementById("window");
const keypad = document.getElementById("keypad");

if (!select.value) {
  select.value = localStorage.getItem(WINDOW) ?? "";
  if (select.selectedIndex < 0) select.value = "";
}

keypad.hidden = false;
keypad.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  const { digit, clear } = button.dataset;
  if (digit !== undefined) pin.value = (pin.value + digit).slice(0, pin.maxLength);
  else pin.value = clear === undefined ? pin.value.slice(0, -1) : "";
});

form.addEventListener("submit", () => localStorage.setItem(WINDOW, select.value));
