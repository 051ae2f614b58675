/** Names, certificates and release dates of IMDb's pages follow the language that is asked for. */
export const acceptEnglish: Readonly<Record<string, string>> = { 'accept-language': 'en-US,en;q=0.9' };
