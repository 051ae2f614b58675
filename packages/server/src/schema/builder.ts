import SchemaBuilder from '@pothos/core';
import PrismaPlugin from '@pothos/plugin-prisma';
import type { FileUpload } from 'graphql-upload-ts';
import type { Context } from '../context.ts';
import type PrismaTypes from './generated/pothos-types.ts';
import { getDatamodel } from './generated/pothos-types.ts';
import { presentColumns } from './present-columns.ts';

export interface SchemaTypes {
  PrismaTypes: PrismaTypes;
  Context: Context;
  DefaultFieldNullability: false;
  Scalars: {
    ID: { Input: string; Output: string };
    /** Days since 1970-01-01. */
    Date: { Input: number; Output: number };
    DateTime: { Input: Date; Output: Date };
    Upload: { Input: Promise<FileUpload>; Output: never };
    JSON: { Input: unknown; Output: unknown };
  };
}

export const builder = new SchemaBuilder<SchemaTypes>({
  plugins: [presentColumns, PrismaPlugin],
  defaultFieldNullability: false,
  prisma: {
    client: ({ account }) => account.prisma,
    dmmf: getDatamodel(),
    onUnusedQuery: 'error',
  },
});

builder.queryType();
builder.mutationType();
builder.subscriptionType();
