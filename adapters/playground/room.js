// What holds in a group beside its messages: pins, tags, mutes, a lock, and the way in for who is out.

import { el, words } from "./draw.js";
import { excerpt } from "./reply.js";

const MOST_PINS = 5;
const WAYS = { knock: words.knock, enter: words.enter };

// Shows one group's state in its pane. `shown` says that the group is open there, not a private chat.
export function settle(pane, log, room, shown, enter) {
  for (const each of pane.querySelectorAll(".members")) each.textContent = room.members;
  pane.querySelector(".lock").hidden = !(room.locked && shown);
  for (const entry of log.querySelectorAll(".entry")) badge(entry, room);
  pin(pane.querySelector(".pins"), log, shown ? room.pins : []);
  bar(pane, shown ? room : { barred: "" }, enter);
}

// A tag and a mute stand beside the name.
function badge(entry, room) {
  const { author } = entry.dataset;
  const wanted = [room.tags[author], room.muted.includes(author) && words.muted].filter(Boolean);
  const by = entry.querySelector(".by");
  const now = [...by.querySelectorAll(".standing")];
  if (now.map((each) => each.textContent).join("|") === wanted.join("|")) return;
  for (const each of now) each.remove();
  (by.querySelector(".person-key") || by.querySelector("b")).after(...wanted.map((text) => el("span", { class: "standing", dir: "auto" }, text)));
}

function pin(list, log, pins) {
  const there = pins.map((id) => log.querySelector(`[data-id="${CSS.escape(id)}"]`)).filter(Boolean);
  const texts = there.slice(0, MOST_PINS).map((entry) => [entry, excerpt(entry)]);
  const key = texts.map(([entry, text]) => `${entry.dataset.id} ${text}`).join("\n");
  if (list.dataset.key === key) return;
  list.dataset.key = key;
  list.hidden = !texts.length;
  list.replaceChildren(...texts.map(([entry, text]) => el("li", {}, goto(entry.dataset.id, log, text))));
}

function goto(id, log, text) {
  const key = el("button", { type: "button", dir: "auto" }, text);
  key.addEventListener("click", () => {
    const entry = log.querySelector(`[data-id="${CSS.escape(id)}"]`);
    entry?.scrollIntoView({ block: "center" });
    entry?.focus({ preventScroll: true });
  });
  return key;
}

// Who cannot write here reads why in place of the words they would write, with the ways in that there are.
function bar(pane, { barred, ways = [], waits }, enter) {
  const [gate, form] = [pane.querySelector(".gate"), pane.querySelector("form")];
  const key = [barred, ways, waits].join("|");
  if (gate.dataset.key === key) return;
  gate.dataset.key = key;
  const inside = form.contains(document.activeElement) || gate.contains(document.activeElement);
  const text = ways.length ? waits && words.waits : barred;
  const keys = ways.filter((way) => way !== "knock" || !waits).map((way) => el("button", { type: "button", class: "key plain", "data-way": way }, WAYS[way]));
  for (const each of keys) each.addEventListener("click", () => enter(each.dataset.way));
  gate.replaceChildren(...(text ? [el("p", {}, text)] : []), ...keys);
  gate.hidden = !barred;
  form.hidden = Boolean(barred);
  if (inside) (barred ? gate.querySelector("button") || pane.querySelector(".panel:not([hidden])") : form.querySelector("textarea")).focus();
}
