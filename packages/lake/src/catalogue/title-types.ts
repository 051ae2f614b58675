/** IMDb's words for series, as a list in SQL. */
export const seriesTypes = "'tvSeries', 'tvMiniSeries'";

/** For films and series: what people look for and rate as such. */
export const workTypes = `'movie', 'tvMovie', ${seriesTypes}`;
