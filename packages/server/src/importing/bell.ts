/** Wakes the one who waits for news. A ring that comes while nobody waits is remembered: it ends the next wait at once. */
export interface Bell {
  ring(): void;
  /** Ends when the bell rings; without a ring after so many milliseconds, since a notice can be lost with its connection. */
  heard(milliseconds: number): Promise<void>;
}

export function createBell(): Bell {
  let hasRung = false;
  let wake = () => {};
  return {
    ring() {
      hasRung = true;
      wake();
    },
    async heard(milliseconds) {
      if (!hasRung)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, milliseconds);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      hasRung = false;
    },
  };
}
