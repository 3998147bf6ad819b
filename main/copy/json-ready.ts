/** For JSON.stringify: JSON has no NaN, no infinities and no whole numbers beyond 2^53, so their names or digits stand for them. */
export const jsonReady = (_key: string, value: unknown): unknown =>
  typeof value === 'bigint' || (typeof value === 'number' && !Number.isFinite(value)) ? String(value) : value;
