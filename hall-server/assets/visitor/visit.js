// The visitor's page follows the hall: when the ticket's cell changes, the page is made anew by the hall.
// A call also makes the phone shake, where it can.

import { connect } from "/assets/js/live.js";
import { staleLine } from "/assets/js/stale.js";
import { readWords } from "/assets/js/words.js";
import { keepFresh } from "./fresh.js";

const CALL_PATTERN = [300, 150, 300, 150, 300];

const visit = document.getElementById("visit");
let stage = visit.dataset.stage;

const refresh = keepFresh("visit", (part) => {
  if (part.dataset.stage === "called" && stage !== "called") shake();
  stage = part.dataset.stage;
});

// Phones allow it only on a page that has been touched.
function shake() {
  if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.(CALL_PATTERN);
}

connect({
  topic: { topic: "ticket", token: visit.dataset.token },
  onCells: (_cells, changed) => changed.has("ticket") && refresh(),
  onState: staleLine(document.querySelector(".stale"), readWords()),
});
