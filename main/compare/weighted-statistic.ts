/** A statistic of one resample: `weights[i]` is how often row i was drawn, null: once each. NaN where undefined. */
export type WeightedStatistic = (weights: Uint16Array | null) => number;
