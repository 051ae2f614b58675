/** Who waits for an answer is served before all else; the titles of profiles come in the order of their viewings, behind. */
export const priorities = { waiting: 0, outOfDate: 1, profile: 10 } as const;
