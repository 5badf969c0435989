// What is to be said of a display and its outputs, from what it last reported.

import { joined } from "../staff/setup.js";
import { word } from "../staff/words.js";

/** The kinds of outputs a display reports, in the order they are listed. */
const KINDS = ["spoken", "strip", "lamp"];

/** The voices, strips and lamps a display has told of. */
export function outputsOf({ report }) {
  const outputs = report?.outputs ?? [];
  return outputs.toSorted((a, b) => KINDS.indexOf(a.output) - KINDS.indexOf(b.output));
}

/** How a display is, the worst that is to be said of it: `gone`, `fault`, `good`, `unheard`. */
export function displayStateOf(display) {
  if (!display.connected) return display.since === null ? "unheard" : "gone";
  return troublesOf(display).length > 0 ? "fault" : "good";
}

const URGENCY = ["gone", "fault", "good", "unheard"];

/** The worst first; displays that are alike keep the order of the hall's configuration. */
export function worstDisplayFirst(a, b) {
  return URGENCY.indexOf(displayStateOf(a)) - URGENCY.indexOf(displayStateOf(b));
}

/** The shape and colour of a display's state. */
export const DISPLAY_CHIPS = { gone: "danger", fault: "danger", unheard: "closed", good: "open" };

/** The shape and colour of an output's state. */
export const OUTPUT_CHIPS = { faulty: "danger", quiet: "paused", ready: "open", unknown: "closed" };

/** What an output is called: its kind and the name it has in the display's configuration. */
export function outputName({ output, name }) {
  return word("devices-output-name", { output: word(`devices-output-kind-${output}`), name });
}

/** What is wrong with a display: `{ key, text, since }`, `since` null where nobody knows. */
export function troublesOf(display) {
  const { connected, since, no_page_since: noPage, emergency, emergency_shown_at: shown } = display;
  if (!connected) return since === null ? [] : [{ key: "gone", text: word("devices-display-cut-off"), since }];
  const page = noPage === null ? [] : [{ key: "page", text: word("devices-no-page"), since: noPage }];
  const unshown = emergency !== null && shown === null;
  const alarm = unshown ? [{ key: "emergency", text: word("devices-emergency-unshown"), since: null }] : [];
  const faulty = outputsOf(display).filter(({ state }) => state === "faulty");
  return [...alarm, ...page, ...faulty.map(troubleOf)];
}

function troubleOf(output) {
  return {
    key: `${output.output}/${output.name}`,
    text: word("devices-output-trouble", { output: outputName(output) }),
    since: output.since,
  };
}

/** What a display drives. */
export function drivesOf({ report }) {
  if (!report) return "";
  const count = (kind) => report.outputs.filter(({ output }) => output === kind).length;
  const counts = [["pages", report.pages], ...KINDS.map((kind) => [kind, count(kind)])];
  const there = counts.filter(([, number]) => number > 0);
  return joined(there.map(([kind, number]) => word(`devices-count-${kind}`, { count: number })));
}

/** Its program. */
export function versionOf({ report }) {
  return report ? word("devices-version", { version: report.version }) : "";
}
