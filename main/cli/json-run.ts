import type { RunDetail, RunSummary } from '../../shared/model/run.ts';

/** A time of the store (ms since 1970) as the command line prints it: ISO 8601 in UTC. */
export const isoTime = (ms: number): string => new Date(ms).toISOString();
const isoOrNull = (ms: number | null): string | null => (ms === null ? null : isoTime(ms));

/** JSON has no NaN and no infinity: they become the texts `NaN`, `Infinity` and `-Infinity`. */
export const jsonNumber = (value: number): number | string => (Number.isFinite(value) ? value : String(value));

/** A run of the list as `--json` prints it. */
export function jsonRun(run: RunSummary) {
  const { createdAt, startedAt, endedAt, binnedAt, metrics, ...same } = run;
  return {
    ...same,
    createdAt: isoTime(createdAt),
    startedAt: isoOrNull(startedAt),
    endedAt: isoOrNull(endedAt),
    binnedAt: isoOrNull(binnedAt),
    metrics: Object.fromEntries(Object.entries(metrics).map(([key, value]) => [key, jsonNumber(value)])),
  };
}

/** Everything recorded about a run; what it ran on and with is told apart as `code`, `environment` and `hardware`. */
export function jsonRunDetail(detail: RunDetail) {
  const { environment } = detail;
  return {
    ...detail,
    ...jsonRun(detail),
    durationMs: detail.startedAt === null || detail.endedAt === null ? null : detail.endedAt - detail.startedAt,
    code: jsonCode(detail),
    environment:
      environment === null ? null : { node: environment.node, os: environment.os, packages: environment.packages },
    hardware:
      environment === null
        ? null
        : {
            cpu: environment.cpu,
            cores: environment.cores,
            memoryMiB: environment.memoryMiB,
            gpu: environment.gpu,
            driver: environment.driver,
          },
  };
}

/** Of a command the commit is that of its own repository; of a recipe the app's. */
function jsonCode({ environment, codeSnapshot }: RunDetail) {
  const app = environment === null ? null : { appVersion: environment.appVersion };
  if (codeSnapshot === null) {
    return environment === null ? null : { ...app, commit: environment.commit, dirty: environment.dirty };
  }
  const { git } = codeSnapshot;
  return {
    ...app,
    commit: git?.commit ?? null,
    branch: git?.branch ?? null,
    dirty: git !== null && git.changed + git.untracked > 0,
    files: codeSnapshot.files.length,
  };
}
