/** As in the event `import.progress`: bytes are the file's, `leftMs` is null until there is a rate to go by. */
export type ImportProgress = {
  bytesDone: number;
  bytesTotal: number;
  rows: number;
  bytesPerSecond: number;
  leftMs: number | null;
};

/** The steps of an import and the share of the time that each takes, measured on tables of 50 columns. */
const shares = { receive: 0.06, parse: 0.7, profile: 0.24 };
type Step = keyof typeof shares;

export type ProgressMeter = {
  /** `fraction` of a step done, 0 to 1. A second pass over a file does not move the mark back. */
  step(step: Step, fraction: number, rows: number): void;
  done(rows: number): void;
};

export function progressOf(bytesTotal: number, onProgress: (progress: ImportProgress) => void): ProgressMeter {
  const start = performance.now();
  const before: Record<Step, number> = { receive: 0, parse: shares.receive, profile: shares.receive + shares.parse };
  let furthest = 0;
  const tell = (fraction: number, rows: number): void => {
    furthest = Math.max(furthest, fraction);
    const elapsed = performance.now() - start;
    const bytesDone = Math.round(furthest * bytesTotal);
    onProgress({
      bytesDone,
      bytesTotal,
      rows,
      bytesPerSecond: elapsed > 0 ? Math.round((bytesDone / elapsed) * 1000) : 0,
      leftMs: furthest > 0.02 ? Math.round((elapsed / furthest) * (1 - furthest)) : null,
    });
  };
  return {
    step: (step, fraction, rows) => tell(before[step] + shares[step] * Math.min(1, fraction), rows),
    done: (rows) => tell(1, rows),
  };
}
