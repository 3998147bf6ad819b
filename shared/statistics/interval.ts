/** Lower and upper bound of an interval. */
export type Interval = { low: number; high: number };
