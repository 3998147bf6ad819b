/** Day in UTC; clock times stay. */
export const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** Whole minutes, rounded. */
export const minutesOf = (ms: number): number => Math.max(0, Math.round(ms / 60_000));
