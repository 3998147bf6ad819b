/** One measured line. A ratio compares with a baseline of the same run; a timed figure states its target and the scale it was measured at. */
export type Row = {
  name: string;
  figure: number;
  unit: string;
  /** What the figure is held against, measured in the same run. */
  baseline?: { name: string; figure: number };
  ratio?: number;
  target: string;
  met: boolean;
};

/** `tenth`: a tenth of the sizes that docs/acceptance.md names; `full`: those sizes. */
export type Scale = 'tenth' | 'full';

/** Every file in this folder but this one exports `title` and `run`. */
export type Bench = { title: string; run(options: { scale: Scale }): Promise<Row[]> };
