import type { AccountStore } from '@watchprint/database';

/** The language that an account's profiles are set to, where they agree; else English. ISO 639. */
export async function languageOf({ prisma }: AccountStore): Promise<string> {
  const profiles = await prisma.profile.findMany({ where: { language: { not: null } }, select: { language: true } });
  const languages = new Set(profiles.map((profile) => profile.language));
  const [only] = languages;
  return languages.size === 1 && only ? only : 'en';
}
