import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startMlflowServer } from './mlflow-server.ts';

/** A server that the real client is pointed at. */
export type Side = {
  name: string;
  url: string;
  token: string | null;
  /** MLflow's database, or our vault. */
  data: string;
  startMs: number;
  /** Proportional set size of the process, MiB. Linux only. */
  memoryMiB(): number;
  stop(): Promise<void>;
};

/** `wardbook serve` from the build, on a vault of its own that `fill` may prepare. */
export async function startWardbook(fill?: (dir: string) => Promise<void>): Promise<Side> {
  const dir = mkdtempSync(join(tmpdir(), 'wardbook-bench-'));
  await fill?.(dir);
  const begun = performance.now();
  const args = [
    join(import.meta.dirname, '..', '..', '..', 'build', 'main', 'cli.js'),
    'serve',
    '--json',
    '--vault',
    dir,
  ];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  const { url, token } = JSON.parse(await firstLine(child)) as { url: string; token: string };
  const health = await fetch(`${url}/health`, { headers: { Authorization: `Bearer ${token}` } });
  if (!health.ok) throw new Error(`wardbook serve answered ${health.status}`);
  return {
    name: 'wardbook serve',
    url,
    token,
    data: dir,
    startMs: performance.now() - begun,
    memoryMiB: () => memoryMiB(child),
    async stop() {
      await end(child);
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** A server that only answers `{}`. */
export async function startEmpty(): Promise<Side> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'empty-server.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = `http://127.0.0.1:${await firstLine(child)}`;
  return {
    name: 'a server that only answers {}',
    url,
    token: null,
    data: '',
    startMs: 0,
    memoryMiB: () => memoryMiB(child),
    stop: () => end(child),
  };
}

/** `mlflow server` with so many workers; null when no Python with MLflow 3 is here. */
export async function startMlflow(workers: number): Promise<Side | null> {
  const server = await startMlflowServer(workers);
  if (server === null) return null;
  const name = `mlflow server ${server.version} with ${workers} worker${workers === 1 ? '' : 's'}`;
  return { ...server, name, token: null, data: server.database };
}

/** One measurement by the real client in a process of its own (tracking.py). */
export async function measure<T>(python: string, side: Side, mode: string, ...args: (string | number)[]): Promise<T> {
  const env = {
    ...process.env,
    MLFLOW_TRACKING_URI: side.url,
    MLFLOW_DISABLE_TELEMETRY: 'true',
    // A slow answer is waited for, not asked for again.
    MLFLOW_HTTP_REQUEST_TIMEOUT: '3600',
    DO_NOT_TRACK: 'true',
    ...(side.token === null ? {} : { MLFLOW_TRACKING_TOKEN: side.token }),
  };
  const script = join(import.meta.dirname, 'tracking.py');
  const { stdout } = await promisify(execFile)(python, [script, mode, ...args.map(String)], {
    env,
    maxBuffer: 64 * 2 ** 20,
  });
  return JSON.parse(stdout.trim().split('\n').at(-1)!) as T;
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout!.setEncoding('utf8').on('data', (part: string) => {
      text += part;
      if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')));
    });
    child.once('exit', (code) => reject(new Error(`a server ended with ${code} before it listened`)));
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}

function memoryMiB(child: ChildProcess): number {
  return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${child.pid}/smaps_rollup`, 'utf8'))![1]) / 1024;
}
