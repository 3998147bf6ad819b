import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clientPython } from '../../tracking/clients/python.ts';

/** `mlflow server` as its documentation starts it, on SQLite in a folder of its own. */
export type MlflowServer = {
  url: string;
  version: string;
  /** Its database, to compare what is stored. */
  database: string;
  /** From the start of the process to the first answer of `/health`. */
  startMs: number;
  /** Of all its processes, in MiB: proportional set sizes, so shared pages count once. Linux only. */
  memoryMiB(): number;
  stop(): Promise<void>;
};

/** `workers`: null for its default. Null when no Python with MLflow 3 is here (test/tracking/clients/python.ts). */
export async function startMlflowServer(workers: number | null): Promise<MlflowServer | null> {
  const python = clientPython(3);
  if (python === null) return null;
  const folder = mkdtempSync(join(tmpdir(), 'wardbook-mlflow-server-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const begun = performance.now();
  const child = spawn(
    python,
    [
      ...['-m', 'mlflow', 'server', '--host', '127.0.0.1', '--port', String(port)],
      ...(workers === null ? [] : ['--workers', String(workers)]),
    ],
    {
      cwd: folder,
      detached: true,
      stdio: 'ignore',
      env: { ...process.env, MLFLOW_DISABLE_TELEMETRY: 'true', DO_NOT_TRACK: 'true' },
    },
  );
  const stop = async (): Promise<void> => {
    await endGroup(child);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await answered(`${url}/health`, child);
    const startMs = performance.now() - begun;
    const version = await (await fetch(`${url}/version`)).text();
    return {
      url,
      version,
      database: join(folder, 'mlflow.db'),
      startMs,
      memoryMiB: () => groupMemoryMiB(child.pid!),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function answered(url: string, child: ChildProcess): Promise<void> {
  const giveUp = Date.now() + 120_000;
  while (Date.now() < giveUp) {
    if (child.exitCode !== null) throw new Error(`mlflow server ended with ${child.exitCode}`);
    const response = await fetch(url).catch(() => null);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('mlflow server did not answer within two minutes');
}

/** Its workers are in its process group. */
async function endGroup(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  process.kill(-child.pid!, 'SIGTERM');
  const late = setTimeout(() => process.kill(-child.pid!, 'SIGKILL'), 10_000);
  await ended;
  clearTimeout(late);
}

function groupMemoryMiB(group: number): number {
  let kib = 0;
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const fields = readFileSync(`/proc/${name}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ');
      if (Number(fields[2]) !== group) continue;
      kib += Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${name}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
    } catch {
      // It ended between the listing and the look.
    }
  }
  return kib / 1024;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
