// What is on its way. A message keeps its key for ever, so sending it again can never say it twice.

import { Refused, post } from "/wire.js";

const waiting = new Map(); // persona → entries in the order they were made
const queues = new Map(); // persona → the promise that its last post has been answered

export const on = (persona) => waiting.get(persona) ?? [];

export function arrived(persona, key) {
  if (key && waiting.has(persona)) waiting.set(persona, on(persona).filter((entry) => entry.key !== key));
}

export function say(persona, text, changed) {
  return start({ persona, text, path: "/api/say", body: { persona, text } }, changed);
}

export function tap(persona, message, choice, changed) {
  const body = { persona, message: message.id, token: choice.token, label: choice.label };
  waiting.set(persona, on(persona).filter((entry) => entry.body.message !== message.id)); // another press replaces it
  return start({ persona, text: choice.label, tap: true, path: "/api/tap", body }, changed);
}

export function retry(entry, changed) {
  entry.state = "sending";
  changed(entry.persona);
  return queue(entry, changed);
}

export function retryAll(changed) {
  for (const entries of waiting.values()) {
    entries.filter((entry) => entry.state === "failed").forEach((entry) => void retry(entry, changed));
  }
}

function start(entry, changed) {
  entry.key = crypto.randomUUID();
  entry.body.key = entry.key;
  waiting.set(entry.persona, [...on(entry.persona), entry]);
  return retry(entry, changed);
}

// One after the other: what was written first arrives first.
function queue(entry, changed) {
  const sent = (queues.get(entry.persona) ?? Promise.resolve()).then(() => send(entry, changed));
  queues.set(entry.persona, sent);
  return sent;
}

async function send(entry, changed) {
  try {
    const { message } = await post(entry.path, entry.body);
    arrived(entry.persona, entry.key);
    changed(entry.persona, message);
  } catch (fault) {
    const final = fault instanceof Refused && fault.status < 500;
    entry.state = final ? "refused" : "failed";
    if (final && entry.tap) arrived(entry.persona, entry.key);
    changed(entry.persona, undefined, final);
  }
}
