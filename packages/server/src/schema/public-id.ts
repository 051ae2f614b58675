import { GraphQLError } from 'graphql';

/** All kinds of title share one word, so that a title can turn out to be another kind without a new id. */
export type PublicIdKind = 'Account' | 'Profile' | 'Import' | 'Viewing' | 'Match' | 'Title';

/** The form of the ids that most rows have. */
export const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** An id of IMDb's: of a film, a series or an episode. */
export const imdbIdForm = /^tt\d{7,9}$/;
const bigint = /^[1-9]\d{0,18}$/;
const kinds = new Set<string>(['Account', 'Profile', 'Import', 'Viewing', 'Match', 'Title']);

/** An id as the API shows it. It carries no account: that comes from who asks. */
export function publicId(kind: PublicIdKind, id: string | bigint): string {
  return Buffer.from(`${kind}:${id}`).toString('base64url');
}

/** What an id names; null when it is none of ours. Nothing unvalidated reaches the database. */
export function readPublicId(text: string): { kind: PublicIdKind; id: string } | null {
  if (text.length > 100) return null;
  const [kind = '', id = '', ...rest] = Buffer.from(text, 'base64url').toString('utf8').split(':');
  if (rest.length > 0 || !kinds.has(kind)) return null;
  if (kind === 'Viewing' ? !bigint.test(id) || BigInt(id) > 9223372036854775807n : !uuid.test(id)) return null;
  // One id, one spelling.
  return publicId(kind as PublicIdKind, id) === text ? { kind: kind as PublicIdKind, id } : null;
}

/** The id of an argument that must name something of this kind. @throws a GraphQL error with code NOT_FOUND */
export function requireId(text: string, kind: PublicIdKind): string {
  const read = readPublicId(text);
  if (read?.kind !== kind) throw notFound(kind);
  return read.id;
}

/** The same words whether it never existed or is somebody else's. */
export const notFound = (kind: PublicIdKind) =>
  new GraphQLError(`No such ${kind.toLowerCase()}.`, { extensions: { code: 'NOT_FOUND' } });
