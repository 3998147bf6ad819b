import type { NewRun, RunResult } from '../../main/store/new-run.ts';

/** A run with nothing in it but what a test is about. */
export const newRun = (own: Partial<NewRun>): NewRun => ({
  study: 'Default',
  name: 'run',
  recipe: null,
  task: null,
  seed: null,
  target: null,
  dataset: null,
  parent: null,
  params: {},
  tags: {},
  badges: [],
  fingerprint: null,
  documents: {},
  ...own,
});

export const runResult = (own: Partial<RunResult>): RunResult => ({
  estimates: {},
  predictions: [],
  documents: {},
  artifacts: [],
  badges: [],
  ...own,
});
