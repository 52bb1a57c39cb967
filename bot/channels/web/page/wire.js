// What goes over the wire: questions, posts, and the stream of events.

const PATIENCE = 20000;
const SILENCE = 45000; // three heartbeats: the stream is dead without having said so

export class Refused extends Error {
  constructor(status) {
    super(`HTTP ${status}`);
    this.status = status;
  }
}

async function answer(request) {
  const response = await request;
  if (!response.ok) throw new Refused(response.status);
  return response.json();
}

export const get = (path) => answer(fetch(path, { signal: AbortSignal.timeout(PATIENCE) }));

export const post = (path, body) =>
  answer(
    fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(PATIENCE),
    }),
  );

// The browser resumes a broken stream by itself; one that was refused or fell silent is opened anew.
export function listen(hear, lost) {
  let source;
  let watch;
  const reopen = (after) => {
    source.close();
    clearTimeout(watch);
    watch = setTimeout(open, after);
  };
  const alive = () => {
    clearTimeout(watch);
    watch = setTimeout(() => (lost(), reopen(0)), SILENCE);
  };
  function open() {
    source = new EventSource("/api/stream");
    for (const [name, heard] of Object.entries(hear)) {
      source.addEventListener(name, (event) => (alive(), heard(JSON.parse(event.data))));
    }
    source.onerror = () => {
      lost();
      if (source.readyState === EventSource.CLOSED) reopen(1500);
    };
    alive();
  }
  open();
}
