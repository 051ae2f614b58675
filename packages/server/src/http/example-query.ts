/** What GraphiQL opens with, at a server that answers at `origin`. */
export const exampleQuery = (
  origin: string,
) => `# Welcome to Watchprint. Press the play button: this reads the history you have imported.
#
# To import one, run in a terminal:   npx watchprint import NetflixViewingHistory.csv
# or send it yourself:
#   curl ${origin}/graphql -H 'graphql-require-preflight: 1' \\
#     -F operations='{"query":"mutation($file: Upload!) { importHistory(input: {file: $file}) { import { id status } } }","variables":{"file":null}}' \\
#     -F map='{"0":["variables.file"]}' -F 0=@NetflixViewingHistory.csv

query MyHistory {
  viewer {
    profiles {
      name
      timeZone
      analytics {
        totals { viewings titles series movies secondsWatched activeDays firstWatchedOn lastWatchedOn coverage }
        top(dimension: SERIES, first: 5) { items { label viewings } }
      }
      viewings(first: 5) {
        nodes {
          watchedOn
          rawTitle
          title {
            __typename
            name
            ... on Episode { series { name } seasonNumber episodeNumber }
          }
        }
      }
    }
    imports(first: 5) {
      nodes { fileName status format rowsRead rowsImported rowsDuplicate rowsRejected dateOrder dateOrderReason }
    }
  }
}
`;
