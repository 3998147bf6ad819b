import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const fixtures = join(import.meta.dirname, 'fixtures', 'mlflow');

/** MLflow's own versions that wrote the fixtures (fixtures/mlflow/make.py); 1.30.1 and 2.x also have stages, 3.x logged models. */
export const versions = ['1.30.1', '2.4.2', '2.22.4', '3.0.1', '3.17.2'];

export type ExpectedRun = {
  name: string | null;
  status: string;
  lifecycle: 'active' | 'deleted';
  start: number;
  end: number | null;
  params: Record<string, string>;
  tags: Record<string, string>;
  metrics: Record<string, [value: string, time: number, step: number][]>;
};

/** What the client of that version read back from its own store. */
export function expectedRuns(version: string, kind: 'mlruns' | 'mlflow.db'): Record<string, ExpectedRun> {
  const text = readFileSync(join(fixtures, version, 'expected.json'), 'utf8');
  return (JSON.parse(text) as Record<string, Record<string, ExpectedRun>>)[kind]!;
}

/** A copy of a version's store in a folder, as it would have come from another machine; returns what is to be imported. */
export function unpack(version: string, kind: 'mlruns' | 'mlflow.db', folder: string): string {
  const target = join(folder, kind);
  if (kind === 'mlruns') cpSync(join(fixtures, version, 'mlruns'), target, { recursive: true });
  else {
    writeFileSync(target, gunzipSync(readFileSync(join(fixtures, version, 'mlflow.db.gz'))));
    cpSync(join(fixtures, version, 'mlartifacts'), join(folder, 'mlartifacts'), { recursive: true });
  }
  return target;
}

/** What MLflow 3.17.2's client reads of a fixture beside its runs (fixtures/mlflow/read-models.py). */
export type ClientAnswer = {
  studies: Record<string, Record<string, string>>;
  registry: Record<
    string,
    {
      description: string;
      tags: Record<string, string>;
      aliases: Record<string, number>;
      versions: Record<
        number,
        { stage: string; description: string; created: number; run: string; tags: Record<string, string> }
      >;
    }
  >;
  inputs: Record<string, unknown[]>;
  users: Record<string, string>;
  models?: Record<string, unknown>;
  outputs?: Record<string, unknown[]>;
};

export function clientAnswer(version: string, kind: 'mlruns' | 'mlflow.db'): ClientAnswer {
  const text = readFileSync(join(fixtures, version, 'models.json'), 'utf8');
  return (JSON.parse(text) as Record<string, ClientAnswer>)[kind]!;
}
