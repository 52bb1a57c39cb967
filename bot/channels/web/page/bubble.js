// One message as a node.

import { el, emphasised, icon, moment, size } from "/node.js";

const DOWNLOAD = "M12 4v11m0 0l-4.5-4.5M12 15l4.5-4.5M5 20h14";

export function bubble(message, press) {
  const voice = message.mine ? (message.tap ? "Đồng chí chọn: " : "Đồng chí: ") : "Trả lời: ";
  const text = message.text && el("div", { class: "text" }, ...(message.mine ? [message.text] : emphasised(message.text)));
  const { time } = moment(message.at);
  const kind = `message ${message.mine ? "mine" : "bot"}${message.tap ? " tap" : ""}`;
  return el(
    "article",
    { class: kind, "data-id": message.id },
    el("div", { class: "bubble" }, el("span", { class: "sr" }, voice), text || null, file(message.file), el("time", { class: "stamp", datetime: message.at }, time)),
    choices(message, press),
  );
}

// A message on its way, or one that did not get through.
export function draft(entry, retry) {
  const failed = entry.state === "failed";
  const state = failed
    ? ["Chưa gửi được", el("button", { type: "button", onclick: retry }, "Gửi lại")]
    : [entry.state === "refused" ? "Không gửi được" : "Đang gửi…"];
  return el(
    "article",
    { class: `message mine ${entry.tap ? "tap " : ""}${entry.state === "sending" ? "sending" : "failed"}`, "data-key": entry.key },
    el("div", { class: "bubble" }, el("span", { class: "sr" }, "Đồng chí: "), el("div", { class: "text" }, entry.text)),
    el("div", { class: "state" }, ...state),
  );
}

export const dayLine = (day) => el("div", { class: "day", "data-day": day }, day);

function file(attached) {
  if (!attached) return null;
  if (attached.picture) {
    const image = el("img", { src: attached.url, alt: attached.name });
    return el("a", { class: "picture", href: attached.url, target: "_blank", rel: "noopener", "aria-label": `Xem ảnh ${attached.name}` }, image);
  }
  const label = [icon(DOWNLOAD), el("b", {}, attached.name), el("span", {}, `Tải về · ${size(attached.bytes)}`)];
  return el("a", { class: "file", href: attached.url, download: attached.name }, ...label);
}

function choices(message, press) {
  if (!message.choices.length) return null;
  const buttons = message.choices.map((choice) =>
    el(
      "button",
      {
        type: "button",
        disabled: Boolean(message.chosen),
        "aria-pressed": message.chosen === choice.token ? "true" : null,
        onclick: () => press(message, choice),
      },
      choice.label,
    ),
  );
  return el("div", { class: "choices", role: "group", "aria-label": "Lựa chọn" }, ...buttons);
}
