// What is to be said of a kiosk and its devices, from what it last reported.

import { joined } from "../staff/setup.js";
import { timeOfDay } from "../staff/time.js";
import { word } from "../staff/words.js";

/** Conditions in which a device works. */
const WORKS = ["ready", "paper-low", "no-font"];

/** Whether a device does not work, so that somebody must come. */
export function isFault({ condition }) {
  return !WORKS.includes(condition);
}

/** The devices a kiosk has told of. */
export function devicesOf({ report }) {
  return report?.devices ?? [];
}

/** How a kiosk is, the worst that is to be said of it: `silent`, `fault`, `help`, `low`, `good`, `unheard`. */
export function stateOf(kiosk) {
  const devices = devicesOf(kiosk);
  if (kiosk.silent) return "silent";
  if (devices.some(isFault)) return "fault";
  if (kiosk.help_since !== null) return "help";
  if (kiosk.heard_at === null) return "unheard";
  return devices.every(({ condition }) => condition === "ready") ? "good" : "low";
}

const URGENCY = ["silent", "fault", "help", "low", "good", "unheard"];

/** The worst first; kiosks that are alike keep the order of the hall's configuration. */
export function worstFirst(a, b) {
  return URGENCY.indexOf(stateOf(a)) - URGENCY.indexOf(stateOf(b));
}

/** The shape and colour of a kiosk's state. */
export const CHIPS = {
  silent: "danger",
  fault: "danger",
  help: "warn",
  low: "warn",
  unheard: "closed",
  good: "open",
};

/** The shape and colour of a device's condition. */
export function chipOf(device) {
  if (device.condition === "ready") return "open";
  return isFault(device) ? "danger" : "warn";
}

/** What a device is called. */
export function deviceName(device) {
  return word(`devices-device-${device}`);
}

/** What is wrong with a device, in a few words with its name. */
export function troubleOf({ device, condition }) {
  const values = { device: deviceName(device), condition: word(`devices-condition-${condition}`) };
  return word("devices-trouble", values);
}

/** When a kiosk was last heard. */
export function heardOf({ heard_at: heard, silent }) {
  if (heard === null) return word("devices-never-heard");
  return silent ? word("devices-silent-since", { time: timeOfDay(heard) }) : word("devices-heard");
}

/** What a device has counted; that nothing failed need not be said. */
export function countersOf({ counters }) {
  const said = counters.filter(({ what, count }) => count > 0 || !what.endsWith("-failed"));
  return joined(said.map(({ what, count }) => word(`devices-counted-${what}`, { count })));
}

/** Where a device is and what it calls itself. */
export function aboutOf({ address, model, firmware }) {
  const version = firmware && word("devices-firmware", { firmware });
  return [model, version, address].filter(Boolean).join(" · ");
}

/** The figures that say how long a kiosk can go on: paper, numbers, and what it still has to hand in. */
export function shortFiguresOf({ report }) {
  if (!report) return "";
  const printer = report.devices.find(({ device }) => device === "printer");
  const paper = printer?.counters.filter(({ what }) => what === "slips-left") ?? [];
  const unsent = report.unsent > 0 ? [word("devices-unsent", { count: report.unsent })] : [];
  const left = word("devices-leased-left", { count: report.leased_left });
  return [...(paper.length > 0 ? [countersOf({ counters: paper })] : []), left, ...unsent].join(" · ");
}

/** The figures of the kiosk itself. */
export function figuresOf({ report }) {
  if (!report) return "";
  const { leased_left: left, unsent, version } = report;
  return [
    word("devices-leased-left", { count: left }),
    word("devices-unsent", { count: unsent }),
    word("devices-version", { version }),
  ].join(" · ");
}
