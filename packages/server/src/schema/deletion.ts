import type { TableCount as StoredTableCount } from '@watchprint/database';
import { GraphQLError } from 'graphql';
import { type DeletedProfile, type Deletion, ImportRunningError } from '../account/deletions.ts';
import { badInput } from '../bad-input.ts';
import { builder } from './builder.ts';
import { notFound, publicId, requireId } from './public-id.ts';

const TableCount = builder.objectRef<StoredTableCount>('TableCount').implement({
  description: 'How many rows of an account a table of the database has; `originals`: the files that its imports keep.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'As the database calls it, such as viewing or match.' }),
    rows: t.exposeInt('rows'),
  }),
});

const before = 'What the account had, in every table with rows of accounts.';
const after = 'What a fresh look found when all was done.';

const DeleteProfileInput = builder.inputType('DeleteProfileInput', {
  fields: (t) => ({ profileId: t.id({ required: true }) }),
});

const DeleteProfilePayload = builder.objectRef<DeletedProfile>('DeleteProfilePayload').implement({
  fields: (t) => ({
    viewingsRemoved: t.exposeInt('viewingsRemoved'),
    before: t.field({ type: [TableCount], description: before, resolve: (deleted) => [...deleted.before] }),
    after: t.field({ type: [TableCount], description: after, resolve: (deleted) => [...deleted.after] }),
  }),
});

builder.mutationField('deleteProfile', (t) =>
  t.field({
    type: DeleteProfilePayload,
    description: `Deletes a profile and everything known of it: its rows of every import, and the files that had some. An import that
had rows of other profiles too stays for those, without its file. Refused with IMPORT_RUNNING while an import has not ended.`,
    args: { input: t.arg({ type: DeleteProfileInput, required: true }) },
    resolve: async (_root, { input }, { account, deletions }) => {
      try {
        const deleted = await deletions.deleteProfile(account, requireId(input.profileId, 'Profile'));
        if (deleted === null) throw notFound('Profile');
        return deleted;
      } catch (error) {
        if (error instanceof ImportRunningError)
          throw new GraphQLError(error.message, { extensions: { code: error.code } });
        throw error;
      }
    },
  }),
);

const DeleteAccountInput = builder.inputType('DeleteAccountInput', {
  fields: (t) => ({
    confirm: t.string({ required: true, description: 'The account’s name or id once more, so that it is no slip.' }),
  }),
});

const DeleteAccountPayload = builder.objectRef<Deletion>('DeleteAccountPayload').implement({
  fields: (t) => ({
    before: t.field({ type: [TableCount], description: before, resolve: (deleted) => [...deleted.before] }),
    after: t.field({ type: [TableCount], description: after, resolve: (deleted) => [...deleted.after] }),
  }),
});

builder.mutationField('deleteAccount', (t) =>
  t.field({
    type: DeleteAccountPayload,
    description: `Deletes the account of who asks, with everything that it has; imports that have not ended are stopped. On a loopback
server without sign-in an empty local account is there afterwards.`,
    args: { input: t.arg({ type: DeleteAccountInput, required: true }) },
    resolve: async (_root, { input }, { account, deletions }) => {
      const { id, name } = await account.prisma.account.findUniqueOrThrow({ where: { id: account.accountId } });
      if (![name, publicId('Account', id)].includes(input.confirm))
        throw badInput('confirm must be the name or the id of the account that is to be deleted.');
      return deletions.deleteAccount(account);
    },
  }),
);
