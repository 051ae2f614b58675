import { z } from 'zod';
import { isLoopback } from './http/host-names.ts';

/** What everybody on the way could exchange must not be believed: https, or this machine. */
export const safeAddress = z
  .string()
  .trim()
  .refine(
    (url) =>
      URL.canParse(url) &&
      (new URL(url).protocol === 'https:' || (new URL(url).protocol === 'http:' && isLoopback(new URL(url).hostname))),
    { message: 'expected an https:// address', abort: true },
  );

/** Of a site, or of a mirror of it: a path is part of it. */
export const siteAddress = safeAddress.refine(
  (url) => !/[?#@{}]/.test(url),
  'expected an address without a query, such as https://mirror.example/imdb',
);

/** `a.example, b.example` → its parts, in small letters. */
export const list = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((part) => part.trim().toLowerCase())
      .filter((part) => part !== ''),
  );
