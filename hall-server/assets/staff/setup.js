// What a staff page was told when it was made: names of services and windows, reasons, classes.
// The names are already in the page's language; cells carry both languages.

import { pageData } from "./dom.js";
import { label, pageLanguage } from "/assets/js/words.js";

/** The page's data. */
export const setup = pageData("setup");

const services = new Map(setup.services.map((service) => [service.id, service]));
const chinese = pageLanguage() === "zh";

/** A service by its id. */
export function service(id) {
  return services.get(id);
}

/** The name of a service by its id. */
export function serviceName(id) {
  return services.get(id)?.name ?? id;
}

/** What joins the items of a list: a Chinese list and an English one are not set alike. */
export function joined(items) {
  return items.join(chinese ? "、" : ", ");
}

/**
 * The reasons that are offered for a kind of act, as options of a list: those whose id begins with the
 * kind (`hold-…`), or all if the plan does not sort them so.
 */
export function reasonOptions(kind) {
  const of = setup.reasons.filter((reason) => reason.id.startsWith(`${kind}-`));
  return (of.length > 0 ? of : setup.reasons).map(({ id, name }) => ({ value: id, label: name }));
}

/** Services as options of a list, each with its department; only `ids` if given. */
export function serviceOptions(ids) {
  const some = ids ? ids.map((id) => services.get(id)).filter(Boolean) : setup.services;
  return some.map(({ id, name, department, initials }) => ({
    value: id,
    label: name,
    hint: department,
    search: initials,
  }));
}

export { label };
