import type { ExportRowToSave } from '@watchprint/database/prepare';
import {
  type DateOrder,
  type ExportRecord,
  type OpenFile,
  type RecognisedExportTable,
  readExportTable,
} from '@watchprint/engine';
import { longestTitle, type PreparedPart } from './prepared-part.ts';
import type { ProfilesOfImport } from './profiles-of-import.ts';

/** Reads another table of the export, each row with its profile. */
export async function* prepareExportRows(
  open: OpenFile,
  layout: RecognisedExportTable,
  profiles: ProfilesOfImport,
  options: { batchSize: number; dateOrder?: DateOrder },
): AsyncGenerator<PreparedPart<ExportRowToSave>> {
  for await (const batch of readExportTable(open, layout, options)) {
    const rejected = [...batch.rejected];
    const rows: ExportRowToSave[] = [];
    for (const row of batch.rows) {
      const reason = unstorable(row) ?? profiles.unfit(row.profileName);
      if (reason !== null) {
        rejected.push({ line: row.line, reason, content: JSON.stringify(row).slice(0, 2000) });
        continue;
      }
      const { profileName, at, rawTitle, details } = row;
      rows.push({ profileId: await idOf(profileName, row, profiles), at, rawTitle, details });
    }
    yield { rows, rejected, bytesRead: batch.bytesRead };
  }
}

/** Rows of a table without names are the account's. */
async function idOf(name: string | null, { details }: ExportRecord, profiles: ProfilesOfImport) {
  if (name === null) return null;
  const { country } = details;
  const code = typeof country === 'string' && /^[A-Z]{2}$/.test(country) ? country : null;
  return (profiles.known(name) ?? (await profiles.open(name, code))).id;
}

const unstorable = ({ rawTitle }: ExportRecord): string | null =>
  rawTitle !== null && rawTitle.length > longestTitle
    ? `the title has ${rawTitle.length} characters, over ${longestTitle}`
    : null;
