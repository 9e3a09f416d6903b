// What can be done with an entry: a thumb, thanks, a reply, and away with one's own. One of these buttons is in the way of Tab;
// the arrow keys go to the others: up and down from entry to entry, left and right within one.

import { el, icon, words } from "./draw.js";

const THUMB = "M2 10h4v11H2zM8 20V10l4.5-8c1.7 0 3 1.3 2.6 3.2L14.3 9H20a2 2 0 0 1 2 2.4l-1.5 7.8a2.2 2.2 0 0 1-2.2 1.8H10z";
const HANDS = "M11.2 2.2c-.9 0-1.6.5-1.9 1.4L6.6 12 3 14.8V22h5.4l2.8-3.4zM12.8 2.2c.9 0 1.6.5 1.9 1.4l2.7 8.4 3.6 2.8V22h-5.4l-2.8-3.4z";
const BIN = "M9 2h6l1 2h5v2H3V4h5zM5 8h14l-1.2 14H6.2zm4 3v8h2v-8zm4 0v8h2v-8z";

const key = (kind, label, name, more, ...shown) =>
  el("button", { type: "button", class: `tool ${kind}`, tabindex: "-1", "aria-label": `${label}: ${name}`, title: label, ...more }, ...shown);

export const answerKey = (name) => key("answer", words.reply, name);

export const removeKey = (name) => key("remove", words.delete, name, {}, icon(BIN));

// A mark, with how many people put it there.
function markKey(kind, label, shape, by, name, viewer) {
  const count = by.length;
  const whose = count ? `${name} (${count})` : name;
  const more = { "aria-pressed": String(by.includes(viewer)) };
  return key(count ? `${kind} given` : kind, label, whose, more, icon(shape), count ? String(count) : null);
}

export const likeKey = (...given) => markKey("like", words.like, THUMB, ...given);
export const thankKey = (...given) => markKey("thank", words.thank, HANDS, ...given);

const kind = (tool) => `.${tool.classList[1]}`;

// The same button of the entry that stands in place of an old one.
export const again = (tool, fresh) => fresh.querySelector(kind(tool));

// The newest entry can be answered by Tab, unless the focus is at another of these buttons.
export function reach(log) {
  const at = document.activeElement;
  const next = at?.matches(".tool") && log.contains(at) ? at : [...log.querySelectorAll(".answer")].at(-1);
  for (const each of log.querySelectorAll(".tool[tabindex='0']")) each.tabIndex = -1;
  if (next) next.tabIndex = 0;
  return next;
}

export function walk(event) {
  const step = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 }[event.key];
  const tool = event.target.closest(".tool");
  if (!step || !tool) return;
  event.preventDefault();
  const within = event.key === "ArrowLeft" || event.key === "ArrowRight";
  const found = [...tool.closest(within ? ".entry" : ".log").querySelectorAll(within ? ".tool" : kind(tool))];
  const keys = found.filter((each) => each.offsetParent);
  keys[keys.indexOf(tool) + step]?.focus();
  reach(tool.closest(".log"));
}
