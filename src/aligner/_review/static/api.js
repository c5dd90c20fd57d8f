// Requests to the server that served this page; every answer is JSON.

const page = crypto.randomUUID?.() ?? String(Math.random());

// The page is of a server that has been started anew since: it knows the page by another token.
export class Refused extends Error {}

async function answer(response) {
  if (response.status === 403) throw new Refused();
  const value = await response.json().catch(() => ({ error: response.statusText }));
  if (!response.ok) throw new Error(value.error || response.statusText || String(response.status));
  return value;
}

export async function get(path, parameters = {}, signal = undefined) {
  const query = new URLSearchParams(parameters);
  return answer(await fetch(`${path}?${query}`, { signal }));
}

export async function perform(operation, after) {
  const body = JSON.stringify({ operation, after, page });
  return answer(await fetch("/operations", { method: "POST", body }));
}

export async function upload(version, file) {
  const query = new URLSearchParams({ version, file: file.name });
  return answer(await fetch(`/versions?${query}`, { method: "PUT", body: file }));
}
