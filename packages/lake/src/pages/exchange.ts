/** A header as it came; the same name may be there several times. */
export type Header = readonly [name: string, value: string];

/** One request of a source and what was answered. */
export interface PageExchange {
  /** Whose parser reads it: lower-case letters, digits and `-`, such as `imdb`. */
  readonly source: string;
  /** Which of the source's pages, such as `title`. */
  readonly kind: string;
  /** What was asked for, in the source's own terms, such as `tt0111161`. No control characters, no space around it. */
  readonly key: string;
  /** Absolute, http or https. */
  readonly url: string;
  readonly method: string;
  readonly requestHeaders: readonly Header[];
  /** JSON, or the fields of a form, by its `Content-Type`: in anything else nobody could look for secrets. */
  readonly requestBody?: Uint8Array | undefined;
  /** From 100 to 599. */
  readonly status: number;
  readonly responseHeaders: readonly Header[];
  /** With its content encoding (gzip, br …) already undone. */
  readonly body: Uint8Array;
  /** When the answer began. */
  readonly fetchedAt: Date;
  /** From the request to the end of the answer, in milliseconds. */
  readonly elapsed?: number | undefined;
  /** The address that answered. */
  readonly peer?: string | undefined;
}

/** Where a stored page lies, and what is known of it without reading it. */
export interface PageEntry {
  readonly source: string;
  readonly kind: string;
  readonly key: string;
  /** Without secrets, as it is stored. */
  readonly url: string;
  readonly method: string;
  readonly status: number;
  /** Media type alone, such as `text/html`; null where the answer did not say. */
  readonly mime: string | null;
  /** Of the body. */
  readonly bytes: number;
  /** Of the body, as in `WARC-Payload-Digest`. */
  readonly digest: string;
  readonly fetchedAt: Date;
  /** The WARC file, absolute. */
  readonly file: string;
  /** Of its request, response and metadata together, which lie in this order. */
  readonly place: Place;
  /** Of the response alone, which is what other programs ask an index for. */
  readonly responsePlace: Place;
}

/** Bytes of a WARC file. */
export interface Place {
  readonly offset: number;
  readonly length: number;
}

/** A page cannot be kept, or what was kept cannot be read. */
export class PageError extends Error {
  override readonly name = 'PageError';
  readonly retryable = false;
  readonly code: 'PAGE_INVALID' | 'PAGE_DAMAGED';

  constructor(code: PageError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** @throws {PageError} naming what cannot be written down. */
export function checkExchange({ source, kind, key, url, method, status, fetchedAt }: PageExchange): void {
  const refuse = (what: string) => {
    throw new PageError('PAGE_INVALID', `The page cannot be kept: ${what}`);
  };
  checkSource(source);
  if (!/^[a-z0-9][a-z0-9-]{0,63}$/.test(kind)) refuse(`its kind is ${shown(kind)}`);
  if (key === '' || key !== key.trim() || /\p{Cc}/u.test(key) || /\p{Cs}/u.test(key))
    refuse(`its key is ${shown(key)}`);
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) refuse(`its address is ${shown(url)}`);
  if (!/^[A-Z]{1,20}$/.test(method)) refuse(`its method is ${shown(method)}`);
  if (!Number.isInteger(status) || status < 100 || status > 599) refuse(`its status is ${status}`);
  if (Number.isNaN(fetchedAt.getTime())) refuse('nobody knows when it was fetched');
}

/** A source is a folder's name. @throws {PageError} */
export function checkSource(source: string): void {
  if (!/^[a-z0-9][a-z0-9-]{0,63}$/.test(source))
    throw new PageError('PAGE_INVALID', `No source is called ${shown(source)}`);
}

const shown = (text: string) => JSON.stringify(text.slice(0, 80));
