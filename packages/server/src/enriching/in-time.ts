/** Waits for something, and no longer than until a moment. @returns whether it is there. @throws what it throws by then. */
export async function inTime(work: Promise<unknown>, deadline: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    const milliseconds = Math.max(0, deadline - Date.now());
    if (milliseconds < longestTimer) timer = setTimeout(() => resolve(false), milliseconds);
  });
  // Nobody may be there any more to hear that it failed.
  work.catch(() => {});
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Timers cannot wait for longer. */
const longestTimer = 2 ** 31;
