// What a half-typed command line may become. Pure: text in, suggestions out; nothing here touches the page.

/** Split what follows the command into words, as the server does: `where:"new york" remote:yes vision`. */
export function words(text) {
  const found = [];
  const word = /\s*(?:([A-Za-z][\w-]*)[:=])?(?:"([^"]*)("?)|(\S*))/y;
  while (word.lastIndex < text.length) {
    const begin = word.lastIndex;
    const [all, name, quoted, closing, bare] = word.exec(text);
    const start = begin + all.search(/\S|$/);
    if (word.lastIndex === start) break;
    const open = quoted !== undefined && !closing;
    found.push({ start, end: word.lastIndex, name: name?.toLowerCase() ?? "", value: quoted ?? bare ?? "", open });
  }
  return found;
}

const same = (a, b) => a.replaceAll("-", "_") === b;

/** Return the command that a line begins with, the longest there is. */
export function commandOf(line, commands) {
  const typed = line.slice(1).toLowerCase();
  const fitting = commands.filter(({ path }) => typed === path.join(" ") || typed.startsWith(`${path.join(" ")} `));
  return fitting.sort((a, b) => b.text.length - a.text.length)[0] ?? null;
}

/**
 * Return what may come next: { command, option, items, active, half, from, ask }.
 * items: { label, hint, insert } in place of the line from `from` on; active: the one that Enter takes, or -1
 * half: the last word is still being typed, so that it is too early to call it wrong
 * ask: an option whose values only the server knows, and what is typed of one
 */
export function complete(line, commands) {
  if (!line.startsWith("/") || line.includes("\n")) return null;
  const command = commandOf(line, commands);
  if (!command || line.length === command.text.length) return completeCommand(line, command, commands);
  const rest = line.slice(command.text.length);
  const typedWords = words(rest);
  const last = typedWords.at(-1);
  const between = !last || (/\s$/.test(rest) && !last.open);
  const current = between ? { start: rest.length, name: "", value: "" } : last;
  const earlier = between ? typedWords : typedWords.slice(0, -1);
  return completeOption(command, current, earlier, command.text.length + current.start);
}

function completeCommand(line, exact, commands) {
  const typed = line.toLowerCase().trimEnd();
  const begin = commands.filter(({ text }) => text.startsWith(typed));
  const within = commands.filter((c) => !begin.includes(c) && typed.length > 2 && c.text.includes(typed.slice(1)));
  const items = [...begin, ...within].map((c) => ({ label: c.text, hint: c.summary, insert: `${c.text} ` }));
  const active = exact || !items.length ? -1 : 0;
  return { command: exact, option: null, items, active, half: items.length > 0, from: 0, ask: null };
}

function completeOption(command, current, earlier, from) {
  const given = new Set(earlier.filter((w) => w.name).map((w) => w.name.replaceAll("-", "_")));
  const named = current.name && command.options.find((o) => same(current.name, o.name));
  const state = { command, from, ask: null };
  if (named) {
    const found = values(named, current, command, `${named.name}:`);
    return { ...state, option: named, ...found, half: !current.value || found.active >= 0 };
  }
  const loose = earlier.filter((w) => !w.name).length;
  const open = left(command.options.filter((o) => !given.has(o.name)), loose);
  const next = open[0] ?? null;
  const here = next ? values(next, current, command, "") : { items: [], active: -1, ask: null };
  const typed = current.value.toLowerCase();
  const names = open
    .filter((o) => o.name.startsWith(typed) && !(o === next && loose && takesAll(open)))
    .map((o) => ({ label: `${o.name}:`, hint: o.help + (o.required ? " (needed)" : ""), insert: insertName(o) }));
  const active = typed && here.items.length && here.active >= 0 ? here.active : -1;
  const positional = next?.kind === "choice" ? here.items : [];
  const items = [...positional, ...names];
  return { ...state, option: next, items, active: positional.length ? active : -1, half: Boolean(typed && items.length) };
}

// Words without a name fill the options in their order; a text that needs nothing after it takes all that are left.
const takesAll = ([first, ...rest]) => first?.kind === "text" && !rest.some((o) => o.required);

function left(options, loose) {
  let open = options;
  for (let n = 0; n < loose && open.length && !takesAll(open); n++) open = open.slice(1);
  return open;
}

const insertName = (option) => (option.kind === "flag" ? `${option.name}:yes ` : `${option.name}:`);

const FLAG = [{ label: "yes", value: "yes", hint: "" }, { label: "no", value: "no", hint: "" }];

function values(option, current, command, prefix) {
  const typed = current.value.toLowerCase();
  if (option.suggests && prefix) {
    return { items: [], active: -1, ask: { path: command.path, option: option.name, typed: current.value, prefix } };
  }
  const known = option.kind === "flag" ? FLAG : option.choices;
  return { ...valueItems(known, typed, prefix), ask: null };
}

/** Turn known values into suggestions; the exact one needs no more help. */
export function valueItems(choices, typed, prefix) {
  const low = typed.toLowerCase();
  const exact = choices.some((c) => c.value.toLowerCase() === low || c.label.toLowerCase() === low);
  const fitting = choices.filter((c) => c.value.toLowerCase().startsWith(low) || c.label.toLowerCase().startsWith(low));
  const items = fitting.map((c) => ({ label: c.label || c.value, hint: c.hint, insert: `${prefix}${quote(c.value)} ` }));
  return { items, active: exact || !items.length ? -1 : 0 };
}

const quote = (value) => (/[\s:=]/.test(value) ? `"${value}"` : value);

/** Say what an option takes, in a few words. */
export function takes(option) {
  if (option.kind === "flag") return "yes or no";
  if (option.kind === "choice") return option.choices.map((c) => c.value).join(", ");
  if (option.kind === "text") return "";
  const what = option.kind === "whole" ? "a whole number" : "a number";
  const bounded = option.low !== null && option.high < 2 ** 31;
  return bounded ? `${what} from ${option.low} to ${option.high}` : what;
}
