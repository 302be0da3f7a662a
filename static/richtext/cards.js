// What a text refers to, as the desk describes it: asked for together, once for each.

const known = new Map();
let waiting = new Map();

/** What is known of a thing: an object; null where there is no such thing; undefined where the desk does not answer. */
export function card(address, kind, key) {
  const name = `${kind}=${key}`;
  if (!known.has(name)) {
    const answer = Promise.withResolvers();
    known.set(name, answer.promise);
    if (!waiting.size) queueMicrotask(() => fetchAll(address));
    waiting.set(name, { kind, key: String(key), ...answer });
  }
  return known.get(name);
}

/** Something of it was changed, or it has just come to be. */
export function forget(kind, key) {
  known.delete(`${kind}=${key}`);
}

async function fetchAll(address) {
  const asked = [...waiting.entries()];
  waiting = new Map();
  for (let start = 0; start < asked.length; start += 50) await fetchSome(address, asked.slice(start, start + 50));
}

async function fetchSome(address, asked) {
  const query = new URLSearchParams();
  for (const [, { kind, key }] of asked) query.append(kind, key);
  let found = null;
  try {
    const response = await fetch(`${address}?${query}`, { headers: { Accept: "application/json" }, signal: AbortSignal.timeout(20_000) });
    if (response.ok) found = await response.json();
  } catch {
    // told below, as undefined
  }
  for (const [name, { kind, key, resolve }] of asked) {
    if (!found) known.delete(name); // the next look asks again
    resolve(found ? (found[kind]?.[key] ?? null) : undefined);
  }
}
