/** How the API calls a source: `rotten-tomatoes` → `ROTTEN_TOMATOES`. */
export const sourceName = (id: string): string => id.toUpperCase().replaceAll('-', '_');

/** The source that the API calls so. */
export const sourceIdOf = (name: string): string => name.toLowerCase().replaceAll('_', '-');
