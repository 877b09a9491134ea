// Times as people of this browser's language and zone write them.

const clock = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit" });
const longDay = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });
const longDayOfYear = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "long", year: "numeric" });
const whole = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "short" });
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" });

const midnight = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
const DAY = 86_400_000;

export const timeOf = (date) => clock.format(date);
export const wholeTime = (date) => whole.format(date);
export const dayKey = (date) => midnight(date);

const capital = (words) => words.charAt(0).toUpperCase() + words.slice(1);

/** Return a day in words: Today, Yesterday, Monday 23 November. */
export function dayOf(date) {
  const now = new Date();
  const days = Math.round((midnight(now) - midnight(date)) / DAY);
  if (days === 0 || days === 1) return capital(relative.format(-days, "day"));
  return (date.getFullYear() === now.getFullYear() ? longDay : longDayOfYear).format(date);
}

/** Return how long ago something was, roughly. */
export function ago(date) {
  const minutes = Math.round((date.getTime() - Date.now()) / 60_000);
  if (minutes > -1) return "just now";
  if (minutes > -60) return relative.format(minutes, "minute");
  return minutes > -60 * 24 ? relative.format(Math.round(minutes / 60), "hour") : dayOf(date);
}
