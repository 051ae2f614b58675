import type { ExportTable } from './export-table.ts';

interface LeftAloneTable {
  /** Names of its file, without ending, in lower case. */
  readonly files: readonly string[];
  /** Columns of which one is enough to tell it. */
  readonly columns: readonly string[];
  readonly why: string;
}

/** Known, and left alone on purpose. Looked at after the tables that are read. */
const leftAlone: readonly LeftAloneTable[] = [
  {
    files: ['ipaddresses', 'ipaddresseslogin', 'ipaddressesstreaming', 'ipaddressesaccountcreation'],
    columns: ['ip', 'ip address'],
    why: 'Addresses on the internet.',
  },
  {
    files: ['accountdetails', 'extramembers'],
    columns: ['email address', 'phone number', 'extra member slot', 'customer creation timestamp'],
    why: 'Names, addresses and telephone numbers.',
  },
  { files: ['messagessentbynetflix'], columns: ['message name', 'email domain name'], why: 'Messages.' },
  {
    files: ['cscontact', 'chattranscripts'],
    columns: ['contact start utc ts', 'chat transcript'],
    why: 'Conversations with customer service.',
  },
  { files: ['accessanddevices'], columns: ['esn'], why: 'Serial numbers of devices.' },
  {
    files: ['subscriptionhistory'],
    columns: ['subscription opened ts'],
    why: 'The contract; what was paid stands in BillingHistory.',
  },
  { files: ['termsofuse'], columns: ['tou accepted date'], why: 'The contract.' },
  { files: ['avatarhistory'], columns: ['icons'], why: 'Pictures of profiles.' },
  {
    files: ['productcancellationsurvey'],
    columns: ['question name', 'answer response text'],
    why: 'Answers to surveys.',
  },
  { files: ['parentalcontrolsrestrictedtitles'], columns: [], why: 'Parental controls.' },
  { files: ['socialmediaconnections'], columns: [], why: 'Accounts elsewhere.' },
];

/** Why a table is left alone; null when it is none that is known. */
export function whyLeftAlone(columns: readonly string[], baseName: string): string | null {
  const found =
    leftAlone.find((table) => table.columns.some((column) => columns.includes(column))) ??
    leftAlone.find(({ files }) => files.includes(baseName));
  return found === undefined ? null : `Left alone: ${found.why.charAt(0).toLowerCase()}${found.why.slice(1)}`;
}

/** File names of the tables that are read, for those that came without columns. */
const usedFiles: Readonly<Record<string, ExportTable>> = {
  viewingactivity: 'VIEWING_ACTIVITY',
  netflixviewinghistory: 'VIEWING_HISTORY',
  profiles: 'PROFILES',
  ratings: 'RATINGS',
  mylist: 'MY_LIST',
  indicatedpreferences: 'INDICATED_PREFERENCES',
  searchhistory: 'SEARCH_HISTORY',
  playbackrelatedevents: 'PLAYBACK_EVENTS',
  clickstream: 'CLICKSTREAM',
  interactivetitles: 'INTERACTIVE_TITLES',
  gameplaysession: 'GAME_SESSIONS',
  devices: 'DEVICES',
  billinghistory: 'BILLING',
};

export const tableOfFileName = (baseName: string): ExportTable | null => usedFiles[baseName] ?? null;

/** `CONTENT_INTERACTION/ViewingActivity (1).csv` → `viewingactivity`. */
export const baseNameOf = (path: string): string =>
  (path.split(/[/\\]/).at(-1) ?? '')
    .replace(/\.[^.]*$/, '')
    .replace(/\s*\(\d+\)$/, '')
    .toLowerCase();
