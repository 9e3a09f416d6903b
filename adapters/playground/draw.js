// Entries as elements: every word is put in as text, never as markup.

import { nameKey } from "./person.js";
import { quotation } from "./reply.js";
import { answerKey, likeKey, removeKey, thankKey } from "./tools.js";

const SAFE = /^(https?|tg):\/\//i;
const WORDS = JSON.parse(document.body.dataset.words);
const LANGUAGE = { id: "id-ID", en: "en-GB" }[document.body.dataset.language];
const NAMES = { "Asia/Jakarta": "WIB", "Asia/Pontianak": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT" };
const SVG = "http://www.w3.org/2000/svg";
const EYE = "M12 5C6.5 5 2.6 9.6 1.5 12c1.1 2.4 5 7 10.5 7s9.4-4.6 10.5-7C21.4 9.6 17.5 5 12 5zm0 11.5a4.5 4.5 0 1 1 0-9 4.5 4.5 0 0 1 0 9z";

export const words = WORDS;
export const people = [...document.querySelectorAll("input[name=who]")].map((input, index) => ({
  id: input.value,
  name: input.dataset.name,
  look: `p${index % 5}`,
}));

export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== undefined && value !== "") node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

export function clock(at, zone, shape) {
  const text = new Intl.DateTimeFormat(LANGUAGE, { timeZone: zone, hourCycle: "h23", ...shape }).format(at);
  return text.replace(/\b24([.:])/, "00$1");
}

export function size(bytes) {
  const [number, unit] = bytes < 1000 ? [bytes, "byte"] : bytes < 1e6 ? [bytes / 1000, "kilobyte"] : [bytes / 1e6, "megabyte"];
  return new Intl.NumberFormat(LANGUAGE, { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: 1 }).format(number);
}

export const zoneName = (zone) => NAMES[zone] || "";

export function entry(data, place, viewer, zone) {
  const author = people.find((person) => person.id === data.author);
  const mine = data.author === viewer;
  const telegram = place !== "discord";
  const name = author ? author.name : "Bareng";
  const time = el("time", { datetime: data.at }, clock(new Date(data.at), zone, { hour: "2-digit", minute: "2-digit" }));
  const called = el("b", { class: author ? author.look : "bareng" }, name);
  const by = el("div", { class: "by" }, author && !telegram ? nameKey(called) : called);
  if (!author) by.append(el("span", { class: "badge" }, telegram ? words.bot : words.app));
  if (!telegram) by.append(time);
  const foot = el("div", { class: "foot" });
  if (data.only) foot.append(el("span", { class: "eye" }, icon(EYE), words.only_you));
  if (data.edited) foot.append(el("span", {}, words.edited));
  if (data.marked) foot.append(el("span", { class: "mark", role: "img", "aria-label": words.marked }, "👍"));
  if (telegram) foot.append(time);
  const marks = data.only ? [] : [thankKey(data.thanks, name, viewer), likeKey(data.likes, name, viewer)];
  const given = marks.filter((each) => each.matches(".given"));
  const rest = marks.filter((each) => !given.includes(each));
  const tools = el("span", { class: "tools" }, ...rest, answerKey(name), mine ? removeKey(name) : null);
  foot.append(...given);
  if (telegram) foot.append(tools);
  const stack = el("div", { class: "stack" });
  if (!telegram && data.command && !author) {
    stack.append(el("div", { class: "used" }, `${words.used} `, el("code", {}, data.command.split("\n")[0].slice(0, 60))));
  }
  const pages = data.pages.map((page, index) => drawPage(page, data, index === data.pages.length - 1 ? data.files : []));
  const about = quotation(data.reply);
  if (about) pages[0].querySelector(".blocks").prepend(about);
  stack.append(by, ...pages);
  (telegram ? corner(pages.at(-1)) : stack).append(foot, ...(telegram ? [] : [tools]));
  const avatar = el("span", { class: `avatar ${author ? author.look : "bareng"}`, "aria-hidden": "true" }, name.slice(0, 1));
  const look = ["entry", mine && "mine", data.only && "only", !author && "of-bot", data.command && author && "command"];
  return el("div", { class: look.filter(Boolean).join(" "), "data-id": data.id, "data-author": data.author || "bot", "data-name": name, "data-at": data.at, tabindex: "-1" }, avatar, stack);
}

// Where the time stands: beside the last words, or below whatever else ends the message.
function corner(page) {
  const blocks = page.querySelector(".blocks");
  return blocks.lastElementChild?.tagName === "P" ? blocks.lastElementChild : blocks;
}

function drawPage(page, data, files) {
  const blocks = el("div", { class: "blocks" }, ...files.map(drawFile), ...page.blocks.map(drawBlock));
  const rows = page.rows.map((row) => el("div", { class: "row" }, ...row.map((button) => drawButton(button, data))));
  return el("div", { class: page.card ? "page card" : "page" }, blocks, rows.length ? el("div", { class: "rows" }, ...rows) : null);
}

function drawFile({ id, name, size: bytes, picture }) {
  const href = `file/${id}`;
  if (picture) return el("a", { class: "picture", href, target: "_blank", rel: "noopener" }, el("img", { src: href, alt: name || words.picture }));
  return el("a", { class: "file", href, download: name || "file" }, el("b", { dir: "auto" }, name || "file"), el("span", {}, size(bytes)));
}

function drawButton(button, data) {
  const look = `key ${button.pick ? "main pick" : button.tone}`;
  if (button.url) {
    if (!SAFE.test(button.url)) return el("span", { class: look }, button.label);
    return el("a", { class: look, href: button.url, target: "_blank", rel: "noopener noreferrer" }, button.label);
  }
  const node = el("button", { type: "button", class: look, "data-data": button.data, "data-entry": data.id }, button.label);
  if (button.pick) node.prepend(el("span", { "aria-hidden": "true" }, "✓ "), el("span", { class: "sr" }, `${words.chosen}: `));
  return node;
}

function drawBlock(block) {
  switch (block.kind) {
    case "heading":
      return el("h3", { dir: "auto" }, ...drawRuns(block.runs));
    case "quote":
      return el("blockquote", { dir: "auto" }, ...drawRuns(block.runs));
    case "bullets":
      return el("ul", { class: "bullets" }, ...block.items.map((runs) => el("li", { dir: "auto" }, ...drawRuns(runs))));
    case "code":
      return el("pre", { tabindex: "0" }, el("code", {}, block.text));
    case "bars":
      return el("ul", { class: "bars" }, ...block.bars.map(drawBar));
    default:
      return el("p", { dir: "auto" }, ...drawRuns(block.runs));
  }
}

function drawBar(bar) {
  const share = bar.whole ? bar.part / bar.whole : 0;
  const fill = el("span", { class: "fill" });
  fill.style.inlineSize = `${Math.round(share * 100)}%`;
  const percent = new Intl.NumberFormat(LANGUAGE, { style: "percent" }).format(share);
  const mark = bar.mark ? [el("span", { "aria-hidden": "true" }, "✓ "), el("span", { class: "sr" }, `${words.right_answer}: `)] : [];
  return el(
    "li",
    { class: bar.mark ? "bar right" : "bar" },
    el("span", { class: "label", dir: "auto" }, ...mark, ...drawRuns(bar.runs)),
    el("span", { class: "count" }, `${bar.part} · ${percent}`),
    el("span", { class: "track", "aria-hidden": "true" }, fill),
  );
}

function drawRuns(runs) {
  return runs.map((run) => {
    let node = document.createTextNode(run.text);
    const tags = { bold: "strong", italic: "em", code: "code" };
    for (const style of run.styles || []) {
      node = style === "spoiler" ? el("span", { class: "spoiler", tabindex: "0" }, node) : el(tags[style], {}, node);
    }
    if (run.mention) node = el("b", { class: "mention", "data-mention": run.mention }, node);
    if (run.moment) node = el("time", { class: "moment", datetime: run.moment }, node);
    if (run.url && SAFE.test(run.url)) node = el("a", { href: run.url, target: "_blank", rel: "noopener noreferrer" }, node);
    return node;
  });
}

export function icon(shape) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", shape);
  svg.append(path);
  return svg;
}
