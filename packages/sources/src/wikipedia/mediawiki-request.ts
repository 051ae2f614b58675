import type { PageRequest } from '../page.ts';

/** Servers before Wikimedia's own refuse addresses of some eight thousand characters. */
const longestAddress = 4_000;

/** Of MediaWiki's action API. What fits no address is sent as a form, which it takes as well. */
export function actionRequest(origin: string, parameters: Readonly<Record<string, string>>): PageRequest {
  const headers = { Accept: 'application/json' };
  // Version 2 has lists and booleans where version 1 has objects and empty strings.
  const fields = new URLSearchParams({ ...parameters, format: 'json', formatversion: '2' }).toString();
  const url = `${origin}/w/api.php`;
  if (url.length + fields.length < longestAddress) return { url: `${url}?${fields}`, headers };
  return {
    url,
    method: 'POST',
    headers: { ...headers, 'Content-Type': 'application/x-www-form-urlencoded' },
    body: fields,
  };
}
