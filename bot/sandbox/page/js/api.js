/** The sandbox's control interface: one function per route, errors as sentences. */

/** What the server refused, in its own words. */
export class Refused extends Error {}

async function ask(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new Refused("连不上沙盒服务器。");
  }
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(body.error ?? body.description ?? `服务器答复 ${response.status}`);
  return body;
}

const post = (path, body) =>
  ask(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

export const clock = () => ask("/sandbox/clock");
export const page = () => ask("/sandbox/page");
/** What one person sees of a chat. */
export const messages = (chatId, viewer) => ask(`/sandbox/chats/${chatId}/messages?viewer=${viewer}`);
export const calls = (since) => ask(`/sandbox/calls?since=${since}`);
export const say = (body) => post("/sandbox/say", body);
export const edit = (body) => post("/sandbox/edit", body);
export const startGroup = (body) => post("/sandbox/startgroup", body);
export const press = (body) => post("/sandbox/press", body);

/** GET of the drill clock, which may live on another port. */
export const nextDue = (url) => ask(url);

/** POST without body or headers: a "simple request", so that another port needs no preflight. */
export const jump = (url) => ask(url, { method: "POST" });
