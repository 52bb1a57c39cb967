// The list of people: who they are, what was said last, what is unread.

import { $, el, initials, moment } from "/node.js";

export const tint = (index) => `tint-${index % 6}`;

export function people(cast, open) {
  const focused = document.activeElement?.dataset?.persona;
  $("people").replaceChildren(...cast.map((persona, index) => el("li", {}, row(persona, index, persona.key === open))));
  if (focused) document.querySelector(`#people [data-persona="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  const unread = cast.reduce((sum, persona) => sum + persona.unread, 0);
  document.title = unread ? `(${unread}) Thi Đua Bot` : "Thi Đua Bot";
}

function row(persona, index, current) {
  const { last, unread } = persona;
  const badge = el("span", { class: "badge" }, el("span", { "aria-hidden": "true" }, unread > 99 ? "99+" : String(unread)), el("span", { class: "sr" }, `${unread} tin chưa đọc`));
  const words = el(
    "span",
    { class: "words" },
    el("span", { class: "line" }, el("span", { class: "name" }, persona.name), last && el("span", { class: "when" }, moment(last.at).time)),
    el("span", { class: "role" }, persona.role_hint),
    last && el("span", { class: "line" }, el("span", { class: "last" }, (last.mine ? "Tôi: " : "") + last.text), unread ? badge : null),
  );
  return el(
    "button",
    {
      type: "button",
      class: unread ? "unread" : "",
      "data-persona": persona.key,
      "aria-current": current ? "true" : null,
      onclick: () => (location.hash = encodeURIComponent(persona.key)),
    },
    el("span", { class: `face ${tint(index)}`, "aria-hidden": "true" }, initials(persona.name)),
    words,
  );
}
