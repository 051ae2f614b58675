import { dateOfDay, dayOfDate } from '@watchprint/engine';
import { GraphQLUpload } from 'graphql-upload-ts';
import { badInput } from '../bad-input.ts';
import { builder } from './builder.ts';

builder.scalarType('Date', {
  description: 'A calendar day, RFC 3339 full-date: 2020-07-28.',
  serialize: (day) => dateOfDay(day),
  parseValue(value) {
    const days = typeof value === 'string' ? dayOfDate(value) : null;
    if (days === null) throw badInput('Expected a day such as 2020-07-28.');
    return days;
  },
});

builder.scalarType('DateTime', {
  description: 'An instant, RFC 3339 date-time in UTC.',
  serialize: (instant) => instant.toISOString(),
  parseValue(value) {
    const instant = new Date(typeof value === 'string' ? value : Number.NaN);
    if (Number.isNaN(instant.getTime())) throw badInput('Expected an instant such as 2020-07-28T20:15:00Z.');
    return instant;
  },
});

builder.addScalarType('Upload', GraphQLUpload, {
  description: 'A file, sent as the GraphQL multipart request specification says.',
});

builder.scalarType('JSON', { description: 'Any JSON value.', serialize: (value) => value });
