import { GraphQLError } from 'graphql';

/** A refusal of what the caller sent, which says what is wrong with it. */
export const badInput = (message: string) => new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });

/**
 * Characters that end lines or turn the direction of writing: no name has them, and a page that shows one may be led astray. Halves
 * of a character too: the database would keep all of them as one and the same.
 */
const unprintable = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

/** A name that somebody gave, without space around it. @throws a GraphQL error with code BAD_USER_INPUT */
export function requireName(given: string, argument: string): string {
  const name = given.trim();
  if (name === '' || name.length > 200) throw badInput(`${argument} must have from 1 to 200 characters.`);
  if (unprintable.test(name))
    throw badInput(`${argument} must have no line breaks and no characters that cannot be seen.`);
  return name;
}
