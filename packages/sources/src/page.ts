/** What a page says of what was asked for. Five things that must never be taken for one another. */
export type Reading<Facts> =
  | { readonly status: 'FOUND'; readonly facts: Facts }
  /** The source answered that it has no such thing. */
  | { readonly status: 'NOT_FOUND' }
  /** The source turned us away: a challenge page, a refusal, too many requests. */
  | {
      readonly status: 'BLOCKED';
      readonly reason: string;
      /** Which way it was; a challenge page where it is not said. */
      readonly code?: 'CHALLENGE' | 'REFUSED' | 'TOO_MANY_REQUESTS';
      readonly retryAfterMs?: number;
    }
  /** A page came, and not in a shape that its parser knows. */
  | { readonly status: 'UNREADABLE'; readonly reason: string }
  /** The source cannot answer now: it says so itself, or was not reached. */
  | { readonly status: 'UNAVAILABLE'; readonly reason: string; readonly retryAfterMs?: number };

/** What came back, whole. */
export interface Answer {
  /** Where it came from in the end, after redirects. */
  readonly url: string;
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What to send. */
export interface PageRequest {
  /** Under the origin that was given. */
  readonly url: string;
  readonly method?: 'GET' | 'POST';
  /** Beside `User-Agent`, which the reader adds. */
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON or the fields of a form, as `Content-Type` says. */
  readonly body?: string;
}

/** Which rules a site has for programs that ask for this. */
export type PagePolicy =
  /** A page that people read: robots.txt decides. */
  | 'robots'
  /** A documented interface with a policy of its own, which its folder's files name. */
  | 'api';

/** One kind of page of a source: what to ask, and how to read the answer. It does no I/O. */
export interface Page<Facts> {
  /** Lower-case letters, digits and `-`: `imdb`. Also the source's folder in the lake. */
  readonly source: string;
  /** Within the source: `title`. */
  readonly kind: string;
  /** What a key is, for people: `IMDb id (tt0133093)`. */
  readonly keys: string;
  /** Whether a text can be a key: others are not asked for. */
  isKey(key: string): boolean;
  /** What the address of a page that people see may be as a key, the likeliest first; `isKey` decides. */
  keysIn?(address: URL): readonly string[];
  /** At most how many keys one request takes. */
  readonly batch: number;
  readonly policy: PagePolicy;
  /** Media types of a good answer. */
  readonly types: readonly string[];
  /** Of an answer, unpacked, where it is more than the usual limit. */
  readonly maxBytes?: number;
  /** @param origin without a slash at its end: `https://www.imdb.com`, or a mirror's address. */
  request(keys: readonly string[], origin: string): PageRequest;
  /**
   * Whether a saved page can be one of these, by what stands in it: for pages whose address is not known.
   * Refusals are looked for before.
   */
  recognises(body: string): boolean;
  /**
   * Reads a good answer, status 200 to 299, that is no refusal: one reading a key. A key that it leaves out was not answered.
   * @throws anything, for a page in an unknown shape: all of it is then UNREADABLE, with the error's message.
   */
  read(answer: Answer, keys: readonly string[]): ReadonlyMap<string, Reading<Facts>>;
}

/** A page that is read for one key alone. */
export interface SinglePage<Facts> extends Omit<Page<Facts>, 'batch' | 'request' | 'read'> {
  request(key: string, origin: string): PageRequest;
  read(answer: Answer, key: string): Reading<Facts>;
}

export const singlePage = <Facts>({ request, read, ...page }: SinglePage<Facts>): Page<Facts> => ({
  ...page,
  batch: 1,
  request: (keys, origin) => request(only(keys), origin),
  read: (answer, keys) => new Map([[only(keys), read(answer, only(keys))]]),
});

function only(keys: readonly string[]): string {
  const [key] = keys;
  if (key === undefined || keys.length > 1) throw new RangeError(`One key a page, not ${keys.length}`);
  return key;
}

export const found = <Facts>(facts: Facts): Reading<Facts> => ({ status: 'FOUND', facts });

/** A page's shape is not the one that its parser knows. */
export class UnknownLayoutError extends Error {
  override readonly name = 'UnknownLayoutError';
  readonly code = 'SOURCE_CHANGED';
  readonly retryable = false;
}
