// Where everything is, from the cells of a board: floors from the top down, their zones, in each zone the
// windows that take the same services, and the zone as a whole. Nothing here touches the page.

// Windows that take many services take nearly everything: a guide names the first ones.
const MOST_SERVICES = 8;

// floors: [{ floor, zones: [{ zone, name, parts: [part], whole: part }] }]
// part: { windows, services, more, all }; `windows` are labels such as "1–4", `services` labels; `more` is how
// many services are not named, `all` whether they are all that the hall has.
export function directory(windows, queues) {
  const names = new Map(queues.map(({ service, name }) => [service, name]));
  const floors = new Map();
  for (const window of [...windows].sort(byWindow)) {
    const { floor, zone, zone_name } = window.at;
    const zones = entry(floors, floor, () => new Map());
    const place = entry(zones, zone, () => ({ zone, name: zone_name, alike: new Map() }));
    entry(place.alike, kindOf(window), () => []).push(window);
  }
  return [...floors].sort(fromTheTop).map(([floor, zones]) => ({
    floor,
    zones: [...zones.values()].map(({ zone, name, alike }) => ({
      zone,
      name,
      parts: [...alike.values()].map((windows) => part(windows, names)),
      whole: part([...alike.values()].flat(), names),
    })),
  }));
}

// A window that takes everything says nothing of what its zone is for.
function part(windows, names) {
  const known = windows.map(({ services }) => services.filter((service) => names.has(service)));
  const isSpecial = (services) => services.length < names.size || names.size <= MOST_SERVICES;
  const special = known.filter(isSpecial);
  const all = special.length === 0;
  const services = [...new Set(special.flat())];
  const shown = services.slice(0, MOST_SERVICES);
  const inOrder = [...windows].sort(byWindow);
  return {
    windows: {
      zh: ranges(inOrder.map(({ at }) => at.name.zh)),
      en: ranges(inOrder.map(({ at }) => at.name.en)),
    },
    services: shown.map((service) => names.get(service)),
    more: services.length - shown.length,
    all,
  };
}

// "1–4, 6, VIP": numbers that follow each other become one.
function ranges(names) {
  const runs = [];
  for (const name of names) {
    const run = runs.at(-1);
    const follows = /^\d+$/.test(name) && Number(name) === Number(run?.last) + 1;
    if (follows) run.last = name;
    else runs.push({ from: name, last: name });
  }
  return runs.map(({ from, last }) => (from === last ? from : `${from}–${last}`)).join(", ");
}

// Windows of a zone that take the same services stand together.
function kindOf(window) {
  return [...window.services].sort().join(" ");
}

function byWindow(a, b) {
  return a.at.window.localeCompare(b.at.window, "en", { numeric: true });
}

function fromTheTop([a], [b]) {
  return height(b) - height(a) || a.localeCompare(b, "en", { numeric: true });
}

// "3F" and "3" are above "1F", "B1" is below; what is neither stands between.
function height(floor) {
  const level = Number.parseInt(floor.replace(/\D/g, ""), 10) || 0;
  return /^[B-]/i.test(floor) ? -level : level;
}

function entry(map, key, make) {
  if (!map.has(key)) map.set(key, make());
  return map.get(key);
}
