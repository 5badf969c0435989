// Times as pages say them. Points in time are the hall's ms; show them in the hall's zone (`hall.time_zone`),
// not in the zone of whoever looks.

// clock: "09:31"; seconds: "09:31:05"; day: the date with its weekday, in the page's language.
export function inZone(timeZone, language = document.documentElement.lang) {
  const format = (locale, options) => {
    const formatter = new Intl.DateTimeFormat(locale, { timeZone, ...options });
    return (at) => formatter.format(at);
  };
  const hands = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  return {
    clock: format("en-GB", hands),
    seconds: format("en-GB", { ...hands, second: "2-digit" }),
    day: format(language, { year: "numeric", month: "long", day: "numeric", weekday: "long" }),
  };
}

// A length of time as a running figure: "0:07", "12:05", "1:02:03".
export function duration(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (value) => String(value).padStart(2, "0");
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const tail = two(seconds % 60);
  return hours ? `${hours}:${two(minutes)}:${tail}` : `${minutes}:${tail}`;
}

// An expected wait ({ low_s, high_s }) in words; the same rule as Words::wait in Rust.
export function waitText(words, range) {
  if (!range) return words.get("common-wait-unknown");
  const low = Math.floor(Math.max(0, range.low_s) / 60);
  const high = Math.max(1, low, Math.ceil(Math.max(0, range.high_s) / 60));
  if (low === 0) return words.with("common-wait-within", { high });
  if (low === high) return words.with("common-wait-about", { high });
  return words.with("common-wait-range", { low, high });
}
