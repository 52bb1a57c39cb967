// The open thread on the screen: messages by their order, those on their way after them.

import { bubble, dayLine, draft } from "/bubble.js";
import { $, el, icon, initials, moment } from "/node.js";
import { tint } from "/people.js";

const GO = "M7 17L17 7M9 7h8v8";
const FILL = "M5 19l1-4L16.5 4.5l3 3L9 18z";

const scroll = $("scroll");
let following = true; // the end stays in sight while pictures load and the keyboard comes and goes

export function toEnd() {
  following = true;
  scroll.scrollTop = scroll.scrollHeight;
  $("newest").hidden = true;
}

export function follow() {
  if (following) toEnd();
}

let top = 0;
scroll.addEventListener("scroll", () => {
  if (scroll.scrollTop < top) following = false; // only a hand scrolls up
  if (scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 60) following = true;
  if (following) $("newest").hidden = true;
  top = scroll.scrollTop;
});
$("newest").addEventListener("click", toEnd);
const resized = new ResizeObserver(follow);
[scroll, $("log")].forEach((node) => resized.observe(node));

// Only nodes that changed are touched, so that a screen reader announces just what is new.
export function show(messages, waiting, handlers, whole) {
  const log = $("log");
  const focused = log.contains(document.activeElement);
  log.setAttribute("aria-live", whole ? "off" : "polite");
  if (whole) log.replaceChildren();
  const before = new Map([...log.children].map((node) => [mark(node), node]));
  const wanted = [...days(messages), ...waiting.map((entry) => ({ draft: entry }))];
  let last = null;
  wanted.forEach((item, index) => {
    const node = place(item, before, handlers, whole);
    if (log.children[index] !== node) log.insertBefore(node, log.children[index] ?? null);
    before.delete(mark(node));
    last = node;
  });
  before.forEach((node) => node.remove());
  if (focused && !log.contains(document.activeElement) && matchMedia("(pointer: fine)").matches) $("draft").focus();
  if (whole) setTimeout(() => log.setAttribute("aria-live", "polite"));
  if (whole || following) settle(last, whole);
  else if (last?.classList.contains("fresh")) $("newest").hidden = false;
}

function* days(messages) {
  let day = "";
  for (const message of messages) {
    const today = moment(message.at).day;
    if (today !== day) yield { day: today };
    day = today;
    yield { message };
  }
}

const mark = (node) => node.dataset.id ?? node.dataset.key ?? node.dataset.day;

function place(item, before, handlers, whole) {
  if (item.day) return before.get(item.day) ?? dayLine(item.day);
  const name = item.draft ? item.draft.key : item.message.id;
  const version = item.draft ? item.draft.state : String(item.message.stamp);
  const old = before.get(name);
  if (old?.dataset.version === version) return old;
  const node = item.draft ? draft(item.draft, () => handlers.retry(item.draft)) : bubble(item.message, handlers.press);
  node.dataset.version = version;
  if (!whole && item.message && !item.message.mine) decorate(node, old, item.message);
  old?.replaceWith(node);
  return node;
}

function decorate(node, old, message) {
  if (!old) node.classList.add("fresh");
  else if (old.querySelector(".text")?.textContent !== message.text.replaceAll("**", "")) node.classList.add("edited");
}

// A new message taller than the screen is read from its top.
function settle(last, whole) {
  toEnd();
  if (!whole && last?.classList.contains("bot") && last.offsetHeight > scroll.clientHeight - 24) {
    following = false;
    scroll.scrollTop = last.offsetTop - scroll.offsetTop - 12;
  }
}

export function header(persona, index) {
  $("name").textContent = persona.name;
  $("role").textContent = persona.role_hint;
  $("face").textContent = initials(persona.name);
  $("face").className = `face ${tint(index)}`;
  const face = el("span", { class: `face ${tint(index)}`, "aria-hidden": "true" }, initials(persona.name));
  return [face, el("p", { class: "as" }, "Đồng chí đang là"), el("h3", {}, persona.name), el("p", { class: "about" }, persona.about)];
}

export function examples(persona, use) {
  const buttons = persona.examples.map((example) =>
    el("button", { type: "button", onclick: () => use(example) }, el("span", {}, example), icon(example.endsWith("…") ? FILL : GO)),
  );
  return el("div", { class: "examples" }, ...buttons);
}

export function commands(menu, use) {
  const buttons = menu.map(({ word, about }) =>
    el("button", { type: "button", onclick: () => use(`/${word}`) }, el("b", {}, `/${word}`), el("span", {}, about)),
  );
  return el("div", { class: "commands" }, ...buttons);
}
