// The page: who is open, what is known, and who is told when it changes.

import { $, el, moment } from "/node.js";
import { people } from "/people.js";
import * as sending from "/sending.js";
import { commands, examples, follow, header, show, toEnd } from "/thread.js";
import { get, listen, post } from "/wire.js";

const TYPING_AFTER = 350; // a quick answer needs no sign that it is coming
const TYPING_FOR = 30000;

let cast = [];
let open = "";
let messages = new Map();
let menu = [];
let offlineSoon = 0;
let typingSoon = 0;
const drafts = new Map();

const find = (key) => cast.find((persona) => persona.key === key);
const width = matchMedia("(min-width: 761px)");
const wide = () => width.matches;
const inOrder = () => [...messages.values()].sort((a, b) => a.order - b.order);

// ---- drawing

function draw(whole = false) {
  const ordered = inOrder();
  const waiting = sending.on(open);
  show(ordered, waiting, { press, retry: (entry) => sending.retry(entry, changed) }, whole);
  $("welcome").hidden = ordered.length + waiting.length > 0;
  seen(ordered);
}

function keep(message) {
  if ((messages.get(message.id)?.stamp ?? 0) <= message.stamp) messages.set(message.id, message);
}

function seen(ordered) {
  const last = ordered.findLast((message) => !message.mine);
  const shown = document.visibilityState === "visible" && (wide() || document.body.dataset.view === "thread");
  if (last && shown && find(open)?.unread) {
    post("/api/read", { persona: open, message: last.id }).catch(() => {});
  }
}

function typing(on) {
  clearTimeout(typingSoon);
  if (!on) return void ($("typing").hidden = true);
  typingSoon = setTimeout(() => {
    $("typing").hidden = false;
    follow();
    typingSoon = setTimeout(() => typing(false), TYPING_FOR);
  }, TYPING_AFTER);
}

function welcome(persona) {
  const about = header(persona, cast.indexOf(persona));
  $("welcome").replaceChildren(...about, el("h4", {}, "Thử một câu"), examples(persona, use));
}

function hints(shown) {
  const persona = find(open);
  $("more").hidden = !shown || !persona;
  $("hints").setAttribute("aria-expanded", String(!$("more").hidden));
  if ($("more").hidden) return;
  const list = menu.length ? [el("h4", {}, "Lệnh"), commands(menu, use)] : [];
  $("more").replaceChildren(el("h4", {}, "Ví dụ"), examples(persona, use), ...list);
}

function clock({ now }) {
  const { time, day } = moment(now);
  if ($("now").textContent === `${time} ${day}`) return;
  $("now").replaceChildren(el("b", {}, time), ` ${day}`);
  $("now").setAttribute("datetime", now);
}

// ---- going from one to another

async function go() {
  const wanted = location.hash.slice(1);
  const persona = cast.find(({ key }) => encodeURIComponent(key) === wanted) ?? (wide() ? cast[0] : undefined);
  document.body.dataset.view = persona ? "thread" : "list";
  if (!persona) {
    const left = open;
    open = "";
    people(cast, open);
    document.querySelector(`#people [data-persona="${CSS.escape(left)}"]`)?.focus();
    return;
  }
  if (persona.key !== open) enter(persona);
  await load();
}

function enter(persona) {
  open = persona.key;
  messages = new Map();
  menu = [];
  typing(false);
  hints(false);
  people(cast, open);
  welcome(persona);
  $("log").replaceChildren();
  $("newest").hidden = true;
  $("draft").value = drafts.get(open) ?? "";
  fit();
  if (matchMedia("(pointer: fine)").matches) $("draft").focus();
}

async function load() {
  const persona = open;
  const found = await get(`/api/thread/${encodeURIComponent(persona)}`).catch(() => null);
  if (!found || persona !== open) return;
  found.messages.forEach(keep);
  found.messages.forEach((message) => sending.arrived(persona, message.key));
  menu = found.menu;
  draw(true);
}

function back() {
  if (wide()) document.querySelector("#people [aria-current]")?.focus();
  else if (location.hash) location.hash = "";
  else go();
}

// ---- saying

function say(text) {
  if (!text.trim() || !open) return;
  hints(false);
  sending.say(open, text.trim(), changed);
  toEnd();
}

function use(example) {
  hints(false);
  if (!example.endsWith("…")) return say(example);
  $("draft").value = `${example.slice(0, -1).trimEnd()} `;
  fit();
  $("draft").focus();
}

function press(message, choice) {
  message.chosen = choice.token;
  message.stamp += 0.5; // the page is ahead of the server until its edit comes
  sending.tap(open, message, choice, changed);
}

function changed(persona, message, refused) {
  if (persona !== open) return;
  if (message) keep(message);
  if (refused) {
    messages = new Map();
    load();
  } else draw();
}

function fit() {
  const box = $("draft");
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight + 2}px`;
  $("send").disabled = !box.value.trim();
  if (open) drafts.set(open, box.value);
}

// ---- hearing

function heard({ persona, message, row }) {
  Object.assign(find(persona) ?? {}, row);
  sending.arrived(persona, message?.key);
  if (persona === open && message) {
    keep(message);
    if (!message.mine && !message.chosen) typing(false);
    draw();
  }
  people(cast, open);
}

async function hello({ resumed }) {
  clearTimeout(offlineSoon);
  offlineSoon = 0;
  $("offline").hidden = true;
  if (!resumed) await start();
  sending.retryAll(changed);
}

async function start() {
  const [found, now] = await Promise.all([get("/api/cast"), get("/api/clock")]);
  cast = found.cast;
  messages = new Map();
  clock(now);
  people(cast, open);
  if (find(open)) welcome(find(open));
  await go();
}

function lost() {
  offlineSoon ||= setTimeout(() => ($("offline").hidden = false), 900);
}

listen(
  {
    hello: function again(said) {
      hello(said).catch(() => (lost(), setTimeout(again, 2000, said)));
    },
    message: (said) => (clock({ now: said.message.at }), heard(said)),
    edit: heard,
    read: heard,
    menu: (said) => said.persona === open && (menu = said.menu),
    typing: ({ persona }) => persona === open && typing(true),
    clock,
  },
  lost,
);

// ---- hands

$("draft").addEventListener("input", fit);
$("draft").addEventListener("keydown", (event) => {
  // Vietnamese typing tools compose: their Enter only ends a word.
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  $("composer").requestSubmit();
});
$("composer").addEventListener("submit", (event) => {
  event.preventDefault();
  say($("draft").value);
  $("draft").value = "";
  fit();
});
$("hints").addEventListener("click", () => hints($("more").hidden));
$("back").addEventListener("click", back);
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  if ($("more").hidden) back();
  else hints(false), $("hints").focus();
});
document.addEventListener("visibilitychange", () => open && draw());
window.addEventListener("hashchange", go);
width.addEventListener("change", go);
document.querySelector(".steps").addEventListener("click", async ({ target }) => {
  const steps = document.querySelector(".steps");
  if (!target.dataset.step || steps.getAttribute("aria-busy") === "true") return;
  steps.setAttribute("aria-busy", "true");
  await post("/api/clock", { step: target.dataset.step }).then(clock, () => {});
  steps.setAttribute("aria-busy", "false");
});
