// The page: who is played, which chat is open, and what the server says of it.

import { Composer } from "./compose.js";
import { clock, el, entry, words, zoneName } from "./draw.js";
import { field } from "./field.js";
import { Line } from "./line.js";
import { openPerson } from "./person.js";
import { settle } from "./room.js";
import { again, reach, walk } from "./tools.js";

const LANGUAGE = document.body.dataset.language;
const NEAR = 120;
const find = (id) => document.getElementById(id);
const main = document.querySelector("main");
const logs = { telegram: find("log-telegram"), private: find("log-private"), discord: find("log-discord") };

let who = sessionStorage.getItem("bareng-who") || document.querySelector("input[name=who]:checked").value;
let chat = "telegram";
let zone = document.body.dataset.zone;
let ahead = 0;
let now = null;
let rooms = null;
let asked = false;

const line = new Line({
  hear,
  lost: (is) => (find("offline").hidden = !is),
  refused: (status) => tell(status === 410 ? words.gone : words.failed),
});

const log = (place) => logs[place in logs ? place : "private"].firstElementChild;
const tell = (text) => (find("status").textContent = text);
const placeOf = (name) => (name === "private" ? who : name);

function hear(news) {
  if (news.cast.length !== document.querySelectorAll("input[name=who]").length) return renew(news.cast);
  zone = news.zone;
  ahead = new Date(news.now) - Date.now();
  if (news.reset) for (const each of Object.values(logs)) each.firstElementChild.replaceChildren();
  for (const data of news.entries) put(data);
  if (news.reset) for (const each of Object.values(logs)) bottom(each);
  for (const signal of news.signals) signal.kind === "alert" ? alarm(signal) : ask(signal);
  rooms = news.rooms;
  for (const name of ["telegram", "discord"]) stand(name);
  count(news.noise);
  offer(news.jumps);
  tick();
  return undefined;
}

function stand(name) {
  const enter = (kind) => line.act({ kind, who, place: name });
  if (rooms) settle(find(name), log(name), rooms[name], name === "discord" || chat === name, enter);
}

// Somebody new can be played: the page is drawn anew, as whoever asked for them.
function renew(cast) {
  if (asked) sessionStorage.setItem("bareng-who", cast.at(-1));
  location.reload();
}

// Entries

function put(data) {
  const old = document.querySelector(`[data-id="${CSS.escape(data.id)}"]`);
  if (data.deleted) return old && drop(old);
  const at = log(data.place);
  const panel = at.parentElement;
  const follows = panel.scrollHeight - panel.scrollTop - panel.clientHeight < NEAR || data.author === who;
  const fresh = entry(data, data.place, who, zone);
  if (old) replace(old, fresh);
  else append(at, fresh);
  reach(at);
  if (follows) bottom(panel);
  if (!old && data.place !== placeOf(chat)) mark(data.place);
  return undefined;
}

function append(at, fresh) {
  const last = at.lastElementChild;
  const day = (node) => clock(new Date(node.dataset.at), zone, { weekday: "long", day: "numeric", month: "long" });
  if (!last || day(last) !== day(fresh)) at.append(el("div", { class: "day", "data-at": fresh.dataset.at }, el("span", {}, day(fresh))));
  else if (follows(last, fresh)) fresh.classList.add("next");
  at.append(fresh);
}

const follows = (last, fresh) =>
  last.dataset.author === fresh.dataset.author && new Date(fresh.dataset.at) - new Date(last.dataset.at) < 300000 && !fresh.querySelector(".used");

// A replaced entry keeps the focus: on the same button or the one at its spot if there is one, else on itself.
function replace(old, fresh) {
  const active = document.activeElement;
  const index = [...old.querySelectorAll(".key")].indexOf(active);
  const inside = old.contains(active);
  if (old.classList.contains("next")) fresh.classList.add("next");
  old.replaceWith(fresh);
  const same = active.matches(".tool") ? again(active, fresh) : fresh.querySelectorAll(".key")[index];
  if (inside) (same || fresh).focus({ preventScroll: true });
}

// Where an entry was deleted, the one below it names its author again, and the focus goes to the newest.
function drop(old) {
  const at = old.parentElement;
  const inside = old.contains(document.activeElement);
  if (!old.classList.contains("next")) old.nextElementSibling?.classList.remove("next");
  old.remove();
  const next = reach(at);
  if (inside) (next || at.parentElement).focus();
}

function bottom(panel) {
  panel.scrollTop = panel.scrollHeight;
}

function mark(place) {
  const name = place in logs ? place : "private";
  const seen = getComputedStyle(logs[name]).display !== "none" && !logs[name].hidden && logs[name].offsetParent;
  const keys = document.querySelectorAll(`[data-chat="${name}"], [data-app="${name === "private" ? "telegram" : name}"]`);
  if (!seen) for (const key of keys) if (key.tagName === "BUTTON") key.classList.add("unread");
}

// Alerts and forms

function alarm({ place, text }) {
  const box = find(place === "discord" ? "discord" : "telegram").querySelector(".alert");
  const ok = el("button", { type: "button", class: "key plain" }, words.ok);
  const before = document.activeElement;
  ok.addEventListener("click", () => {
    box.replaceChildren();
    if (before?.isConnected) before.focus();
  });
  box.replaceChildren(el("p", { dir: "auto" }, text), ok);
}

function ask(form) {
  const modal = find("modal");
  find("modal-title").textContent = form.title;
  find("fields").replaceChildren(...form.fields.map(field));
  modal.form = form;
  modal.back = document.activeElement;
  if (!modal.open) modal.showModal();
  find("fields").querySelector("input, textarea, select")?.focus();
}

find("modal").addEventListener("submit", (event) => {
  const { form } = find("modal");
  const values = Object.fromEntries([...find("fields").querySelectorAll("[name]")].map((input) => [input.name, input.value]));
  line.act({ kind: "submit", who, place: form.place, path: form.path, values });
  event.stopPropagation();
});
find("modal").addEventListener("close", () => find("modal").back?.focus());
find("modal-cancel").addEventListener("click", () => find("modal").close());

// The clock and the noise

function tick() {
  now = new Date(Date.now() + ahead);
  const shape = { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" };
  const text = `${clock(now, zone, shape)} ${zoneName(zone)}`.trim();
  if (find("now").textContent !== text) find("now").textContent = text;
}

function offer(jumps) {
  const box = find("jumps");
  const had = document.activeElement?.dataset.jump;
  box.replaceChildren(
    ...jumps.map(({ name, label, when, at }) =>
      el("button", { type: "button", class: "jump", "data-jump": name, "data-at": name === "hour" ? "" : at, title: when }, label),
    ),
  );
  if (had) box.querySelector(`[data-jump="${had}"]`)?.focus();
}

find("jumps").addEventListener("click", async (event) => {
  const key = event.target.closest("[data-jump]");
  if (!key) return;
  tell(words.jumping);
  document.body.classList.add("jumping");
  await line.act({ kind: "jump", to: key.dataset.at || new Date(now.getTime() + 3600000).toISOString() });
  document.body.classList.remove("jumping");
  tell(find("now").textContent);
});

function count({ bot, people, sounding }) {
  const part = (number, text) => el("span", {}, el("b", {}, String(number)), ` ${text}`);
  const parts = [part(bot, words.noise_bot), part(people, words.noise_people), part(sounding, words.noise_sounding)];
  find("noise").replaceChildren(el("span", {}, `${words.noise}:`), ...parts);
}

// Choosing whom to be, and where

function show(name) {
  chat = name;
  composers.telegram.reply.clear();
  for (const tab of document.querySelectorAll("[role=tab]")) {
    const on = tab.dataset.chat === name;
    tab.setAttribute("aria-selected", String(on));
    tab.tabIndex = on ? 0 : -1;
    if (on) tab.classList.remove("unread");
    logs[tab.dataset.chat].hidden = !on;
    find(`about-${tab.dataset.chat}`).hidden = !on;
  }
  stand("telegram");
  bottom(logs[name]);
}

function be(next) {
  who = next;
  for (const each of Object.values(composers)) each.reply.clear();
  sessionStorage.setItem("bareng-who", who);
  for (const input of document.querySelectorAll("input[name=who]")) input.checked = input.value === who;
  for (const box of document.querySelectorAll(".alert")) box.replaceChildren();
  for (const key of document.querySelectorAll(".unread")) key.classList.remove("unread");
  line.open(who, LANGUAGE);
}

find("cast").addEventListener("change", (event) => be(event.target.value));
find("newcomer")?.addEventListener("click", () => {
  asked = true;
  line.act({ kind: "newcomer" });
});

document.querySelector("[role=tablist]").addEventListener("click", (event) => {
  const tab = event.target.closest("[role=tab]");
  if (tab) show(tab.dataset.chat);
});
document.querySelector("[role=tablist]").addEventListener("keydown", (event) => {
  if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
  show(chat === "telegram" ? "private" : "telegram");
  document.querySelector("[role=tab][aria-selected=true]").focus();
});

find("apps").addEventListener("click", (event) => {
  const key = event.target.closest("[data-app]");
  if (!key) return;
  main.dataset.app = key.dataset.app;
  for (const each of find("apps").children) each.setAttribute("aria-pressed", String(each === key));
  key.classList.remove("unread");
  for (const each of Object.values(logs)) bottom(each);
});

// Acting

main.addEventListener("click", (event) => {
  const tool = event.target.closest(".tool");
  if (!tool) return;
  const at = tool.closest(".entry");
  const entry = at.dataset.id;
  if (tool.matches(".person-key")) person(tool);
  else if (tool.matches(".answer")) composers[tool.closest(".pane").id].reply.choose(at);
  else if (tool.matches(".remove")) line.act({ kind: "delete", who, entry });
  else line.act({ kind: "react", who, entry, on: tool.getAttribute("aria-pressed") !== "true", mark: tool.matches(".thank") ? "thanks" : "like" });
});
main.addEventListener("keydown", walk);

function person(key) {
  const menu = () => composers.discord.fetch("menu", { as: who, place: "discord" });
  const run = (command, id) => line.act({ kind: "submit", who, place: "discord", path: command.path, values: { [command.person.param]: `<@${id}>` } });
  const role = (id) => document.querySelector(`input[value="${CSS.escape(id)}"]`).parentElement.querySelector("small").textContent;
  openPerson(key, { menu, run, role });
}

main.addEventListener("click", (event) => {
  const key = event.target.closest("button[data-data]");
  if (!key) return;
  for (const box of document.querySelectorAll(".alert")) box.replaceChildren();
  line.act({ kind: "press", who, entry: key.dataset.entry, data: key.dataset.data });
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") for (const box of document.querySelectorAll(".alert")) box.replaceChildren();
});

function composer(form, place) {
  const send = (text, file, by, where, reply) =>
    line.act({ kind: "say", who: by, place: where, text, ...(file && { file }), ...(reply && { reply }) });
  return new Composer(form, { chat: () => ({ who, place: place() }), send, tell });
}

const composers = {
  telegram: composer(document.querySelector("#telegram form"), () => placeOf(chat)),
  discord: composer(document.querySelector("#discord form"), () => "discord"),
};
if (matchMedia("(max-width: 820px)").matches) find("clock").open = false;
setInterval(tick, 1000);
be(who);
