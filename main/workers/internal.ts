import type { FolderPreview, ImportPreview } from '../../shared/contract/datasets.ts';
import type { DatasetVersion } from '../../shared/model/dataset.ts';
import type { Verification } from '../../shared/model/report.ts';
import type { Environment, RerunVerdict, RunSummary } from '../../shared/model/run.ts';
import type { MetricPoint } from '../../shared/model/series.ts';
import type { CopyDone, CopyPlan, CopyWish, ReplayDone, ReplayWish } from '../copy/wish.ts';
import type { Claim, Turn } from '../store/claims.ts';
import type { NewRun, RunEnd, RunResult, RunStart } from '../store/new-run.ts';
import type { RunRecord } from '../store/resume-run.ts';

export type { NewRun, RunEnd, RunResult, RunStart };

/** Calls between our own processes; no page can name them. */
export type InternalCalls = {
  'internal.createRun': { input: NewRun; output: { id: string } };
  'internal.startRun': { input: { id: string } & RunStart; output: null };
  /** Resolves once the points are committed. Any process may append to any run's series. */
  'internal.appendPoints': { input: { id: string; points: MetricPoint[] }; output: null };
  'internal.appendLog': { input: { id: string; text: string }; output: null };
  'internal.progress': { input: { id: string } & NonNullable<RunSummary['progress']>; output: null };
  'internal.finishRun': { input: { id: string } & RunEnd; output: null };
  /** Queues an interrupted run anew as this process's own; its record says what it asked for and on what engine it ran. */
  'internal.resumeRun': {
    input: { id: string; environment: Environment };
    output: { startedAt: number | null };
  };
  /** What a run asked for and how it stands. */
  'internal.runRecord': { input: { id: string }; output: RunRecord };
  /** Whether a queued run may begin; `reportedMiB` is the GPU memory that its engine reports. */
  'internal.takeTurn': { input: { id: string; claim: Claim; reportedMiB: number | null }; output: Turn };
  'internal.recordVerdict': { input: { id: string; verdict: RerunVerdict }; output: null };
  /** Marks runs left `running` or `queued` by a dead process as crashed, with the reason; returns their ids. */
  'internal.recoverRuns': { input: Record<string, never>; output: { id: string; reason: string }[] };
  'internal.audit': {
    input: { action: string; detail: Record<string, string | number | boolean | null> };
    output: null;
  };
  /** What a file that a person chose looks like; parsed in a reader's thread, never in main. */
  'internal.previewTable': { input: { path: string; handle: string }; output: ImportPreview };
  /** What a folder of images that a person chose looks like; no image is decoded. */
  'internal.previewFolder': { input: { path: string; handle: string; labels?: string }; output: FolderPreview };
  /** Generates the synthetic cohort and imports it; a second time finds the first. */
  'internal.importSynthetic': { input: Record<string, never>; output: DatasetVersion };
  /** Checks a report that a person chose, offline; trusted when this site's own key signed it. */
  'internal.verifyReport': { input: { path: string }; output: Verification };
  /** Counts of what a local copy will hold. */
  'internal.planCopy': { input: { ids: string[] }; output: CopyPlan };
  /** Refuses a folder whose content may leave this machine, unless the policy allows any. */
  'internal.checkCopyTarget': { input: { outDir: string; anywhere: boolean }; output: null };
  /** Writes the files of a local copy; the audit entry is the caller's (`copyAudited`). */
  'internal.copyRuns': { input: CopyWish; output: CopyDone };
  'internal.checkReplayAddress': { input: { url: string }; output: { port: number } };
  /** Sends runs to a tracking server of this machine; the audit entry is the caller's (`replayAudited`). */
  'internal.replayRuns': { input: ReplayWish; output: ReplayDone };
  'internal.datasetVersion': {
    input: { name: string; version: number | null };
    output: DatasetVersion & { blob: string };
  };
  /** Signs a draft and writes its files below `outDir`; main asks after the folder dialog. */
  'internal.acceptDraft': {
    input: { digest: string; outDir: string; unattended: boolean };
    output: { files: string[]; digest: string; signature: string };
  };
  /** Writes a model card as an audited local copy; main asks after the folder dialog. */
  'internal.saveModelCard': { input: { name: string; version: number; target: string }; output: { file: string } };
  /** The signing key that main had opened by the keyring, as PKCS #8 in DER. */
  'internal.unlockKeys': { input: { signingKey: Uint8Array }; output: null };
};
