// What the figures rest on and do not work out: which strings are no trailers, and what each was taken for.
import type { Client } from '../../packages/sdk/src/index.ts';

/** Raw title, status, id, kind, name, IMDb id, and the id, name and IMDb id of the film or series that it is or belongs to. */
type TitleOfString = readonly (string | null)[];

export interface ProfileTitles {
  readonly id: string;
  readonly profile: string;
  readonly timeZone: string;
  readonly viewings: number;
  readonly strings: readonly TitleOfString[];
}

interface Title {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly imdbId: string | null;
  readonly series?: Omit<Title, 'kind' | 'series'>;
}

interface Page<Node> {
  readonly totalCount: number;
  readonly nodes: readonly Node[];
  readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
}

/** All of a list of a profile, page by page. */
async function all<Node>(client: Client, id: string, list: string, fields: string): Promise<Node[]> {
  const nodes: Node[] = [];
  for (let after: string | null = null; ; ) {
    const { node }: { node: { page: Page<Node> } } = await client.query(
      `query($id: ID!, $after: String) { node(id: $id) { ... on Profile {
        page: ${list.replace('(', '(first: 500, after: $after, ')} { totalCount nodes { ${fields} } pageInfo { endCursor hasNextPage } } } } }`,
      { id, after },
    );
    nodes.push(...node.page.nodes);
    if (!node.page.pageInfo.hasNextPage) {
      if (nodes.length !== node.page.totalCount) throw new Error(`${list}: the pages do not add up`);
      return nodes;
    }
    after = node.page.pageInfo.endCursor;
  }
}

function rowOf(rawTitle: string, status: string, title: Title | null): TitleOfString {
  if (title === null) return [rawTitle, status, ...Array<null>(7).fill(null)];
  const work = title.series ?? title;
  return [rawTitle, status, title.id, title.kind, title.name, title.imdbId, work.id, work.name, work.imdbId];
}

export async function profileTitles(client: Client): Promise<ProfileTitles[]> {
  const { viewer } = await client.query<{ viewer: { profiles: { id: string; name: string; timeZone: string }[] } }>(
    '{ viewer { profiles { id name timeZone } } }',
  );
  const found: ProfileTitles[] = [];
  for (const { id, name, timeZone } of viewer.profiles) {
    const viewings = await all<{ rawTitle: string }>(
      client,
      id,
      'viewings(filter: { includeAccidental: true })',
      'rawTitle',
    );
    const matches = await all<{ rawTitle: string; status: string; title: Title | null }>(
      client,
      id,
      'matches()',
      'rawTitle status title { id kind name imdbId ... on Episode { series { id name imdbId } } ... on Season { series { id name imdbId } } }',
    );
    const taken = new Map(matches.map((match) => [match.rawTitle, match]));
    const strings = [...new Set(viewings.map(({ rawTitle }) => rawTitle))].map((rawTitle) => {
      const match = taken.get(rawTitle);
      return rowOf(rawTitle, match?.status ?? 'NONE', match?.title ?? null);
    });
    found.push({ id, profile: name, timeZone, viewings: viewings.length, strings });
  }
  return found;
}
