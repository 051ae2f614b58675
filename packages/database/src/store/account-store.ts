import { copyRows, stageRows } from '../connection/copy.ts';
import type { CopiedTable } from '../connection/copy-rows.ts';
import type { Sql, SqlConnection, SqlValue } from '../connection/sql.ts';
import type { Prisma, PrismaClient } from '../generated/prisma/client.ts';

/**
 * Statements about one account: its id is their `$1`, the values given come behind it. The server refuses a statement that does
 * not use it.
 */
export interface AccountSql {
  readonly accountId: string;
  query<Row>(text: string, values?: readonly SqlValue[]): Promise<Row[]>;
}

/** Statements about one account that take effect together. */
export interface AccountTransaction extends AccountSql {
  /** Adds rows, in pieces, to a table, and fails where one is there already. */
  copy(table: CopiedTable, rows: readonly Uint8Array[]): Promise<void>;
  /**
   * Puts rows aside until the transaction ends, for a statement that looks what is there first, which `copy` does not.
   * @returns the name of the table that they are in.
   */
  stage(table: CopiedTable, rows: readonly Uint8Array[]): Promise<string>;
}

/** One account's part of the database. Every personal read and write goes through it. */
export interface AccountStore extends AccountSql {
  /** Finds and changes the account's own rows, whatever it is asked for; of titles it finds the shared ones too. */
  readonly prisma: PrismaClient;
  /** Keep it short: on the embedded database an open transaction makes everybody else wait. */
  transaction<Result>(work: (sql: AccountTransaction) => Promise<Result>): Promise<Result>;
}

export function accountStore(
  { prisma, sql }: { readonly prisma: PrismaClient; readonly sql: SqlConnection },
  accountId: string,
): AccountStore {
  const statements = (target: Sql) => accountSql(target, accountId);
  return {
    ...statements(sql),
    prisma: ownRowsOnly(prisma, accountId),
    transaction: (work) =>
      sql.transaction((open) =>
        work({
          ...statements(open),
          copy: (table, rows) => copyRows(open, table, rows),
          stage: (table, rows) => stageRows(open, table, rows),
        }),
      ),
  };
}

/** Statements about one account, over whatever they are sent. */
export const accountSql = (target: Sql, accountId: string): AccountSql => ({
  accountId,
  query: (text, values = []) => target.query(text, [accountId, ...values]),
});

const byAccount = (accountId: string) => ({ accountId });

/** What makes a row the account's to see. A new model has to say. */
const own: Readonly<Record<Prisma.ModelName, (accountId: string) => object>> = {
  Account: (id) => ({ id }),
  ApiToken: byAccount,
  Profile: (accountId) => ({ accountId, deletingSince: null }),
  ProfileAlias: byAccount,
  Import: byAccount,
  ImportedFile: byAccount,
  RejectedRow: byAccount,
  Viewing: byAccount,
  ViewingImport: byAccount,
  ExportRow: byAccount,
  ExportRowImport: byAccount,
  Match: byAccount,
  Correction: byAccount,
  Matching: byAccount,
  LookUp: byAccount,
  // What sources say is everybody's, and read by plain statements; no account sees how it is come by.
  Enrichment: () => ({ kind: { in: [] } }),
  Source: () => ({ name: { in: [] } }),
  RefusedPage: () => ({ key: { in: [] } }),
  SourceHost: () => ({ host: { in: [] } }),
  // Shared titles have no account.
  Title: (accountId) => ({ OR: [{ accountId }, { accountId: null }] }),
};

const reading = [
  'findUnique',
  'findUniqueOrThrow',
  'findFirst',
  'findFirstOrThrow',
  'findMany',
  'count',
  'aggregate',
  'groupBy',
];
const changing = ['update', 'updateMany', 'updateManyAndReturn', 'delete', 'deleteMany'];

/**
 * The client with a condition added to all that it is asked. Relations are followed by keys that begin with the account.
 * @throws {Error} on what has no such condition: creating, and plain SQL.
 */
function ownRowsOnly(prisma: PrismaClient, accountId: string): PrismaClient {
  const scoped = prisma.$extends({
    query: {
      $allOperations({ model, operation, args, query }) {
        const isAllowed = reading.includes(operation) || (model !== 'Title' && changing.includes(operation));
        if (model === undefined || !isAllowed) throw new Error(`An account's Prisma client does not take ${operation}`);
        const { where } = (args ?? {}) as { where?: { AND?: object | object[] } };
        const conditions = [own[model as Prisma.ModelName](accountId), where?.AND ?? []].flat();
        return query({ ...args, where: { ...where, AND: conditions } });
      },
    },
  });
  // The extension changes what is asked and nothing of the types.
  return scoped as unknown as PrismaClient;
}
