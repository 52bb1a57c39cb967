// Building nodes. Data only ever becomes text: nothing here reads HTML.

export const $ = (id) => document.getElementById(id);

export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

export function icon(path) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(space, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

// "**Đúng** chưa?" → <strong>Đúng</strong> chưa?; a mark without its pair stays what it is.
export function emphasised(text) {
  const parts = text.split("**");
  const whole = parts.length % 2 ? parts.length : parts.length - 1;
  const nodes = parts.slice(0, whole).map((part, index) => (index % 2 ? el("strong", {}, part) : part));
  return whole < parts.length ? [...nodes, "**" + parts[whole]] : nodes;
}

export function initials(name) {
  const words = name.split(/[\s,·–-]+/).filter((word) => /^\p{L}/u.test(word));
  return words.slice(-2).map((word) => word[0].toLocaleUpperCase("vi")).join("");
}

const DAYS = { Sun: "Chủ nhật", Mon: "thứ Hai", Tue: "thứ Ba", Wed: "thứ Tư", Thu: "thứ Năm", Fri: "thứ Sáu", Sat: "thứ Bảy" };
const PARTS = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Asia/Ho_Chi_Minh",
  weekday: "short",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

export function moment(iso) {
  const part = Object.fromEntries(PARTS.formatToParts(new Date(iso)).map(({ type, value }) => [type, value]));
  return { time: `${part.hour}:${part.minute}`, day: `${DAYS[part.weekday]} ${part.day}/${part.month}/${part.year}` };
}

export function size(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  const [value, unit] = bytes < 1048576 ? [bytes / 1024, "KB"] : [bytes / 1048576, "MB"];
  return `${value.toLocaleString("vi-VN", { maximumFractionDigits: 1 })} ${unit}`;
}
