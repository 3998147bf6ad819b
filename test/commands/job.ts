import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const cli = join(import.meta.dirname, '..', '..', 'main', 'cli.ts');

/** What a tracked script does by hand that the client of MLflow does for it: calls the server of its environment, and tries again. */
const preamble = `
const { MLFLOW_TRACKING_URI: uri, MLFLOW_TRACKING_TOKEN: token, MLFLOW_RUN_ID: run } = process.env;
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
async function call(path, body) {
  for (let attempt = 0; ; attempt++) {
    try {
      const reply = await fetch(uri + '/api/2.0/mlflow/' + path, {
        method: body === undefined ? 'GET' : 'POST',
        headers: { authorization: 'Bearer ' + token, 'content-type': 'application/json' },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
      if (reply.status < 500) return { status: reply.status, value: await reply.json() };
    } catch (error) {
      if (attempt > 100) throw error;
    }
    await wait(50);
  }
}
const metric = (key, step, value) =>
  call('runs/log-metric', { run_id: run, key, value, timestamp: 1700000000000 + step, step });
`;

/** A vault and a folder with one script, for commands that are really run. */
export class CommandVault {
  readonly base = mkdtempSync(join(tmpdir(), 'wardbook-command-'));
  readonly vault = join(this.base, 'vault');
  readonly #started: ChildProcess[] = [];
  readonly #as: string[];

  /** `as` starts the command line as somebody else. */
  constructor(as: string[] = []) {
    this.#as = as;
  }

  script(body: string, name = 'job.mjs'): string {
    const file = join(this.base, name);
    writeFileSync(file, preamble + body);
    return file;
  }

  /** Starts the command line; `ended` resolves with its exit status. */
  start(args: string[], env: NodeJS.ProcessEnv = {}) {
    const [program = '', ...first] = [...this.#as, process.execPath, cli];
    const child = spawn(program, [...first, '--vault', this.vault, ...args], {
      cwd: this.base,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#started.push(child);
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const ended = new Promise<{ status: number | null; stdout: string; stderr: string }>((resolve) => {
      child.on('close', (status) => resolve({ status, stdout, stderr }));
    });
    return { child, ended, said: () => stderr };
  }

  /** Runs a script of Node as a command to its end, as JSON. */
  async run(file: string, ...args: string[]) {
    const { status, stdout, stderr } = await this.start(['run', '--json', '--', process.execPath, file, ...args]).ended;
    if (stdout === '') throw new Error(`run ended with ${status}: ${stderr}`);
    return { exit: status, output: stderr, ...(JSON.parse(stdout) as RunJson) };
  }

  async json<T = Record<string, unknown>>(...args: string[]): Promise<T> {
    const { status, stdout, stderr } = await this.start([...args, '--json']).ended;
    if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`);
    return JSON.parse(stdout) as T;
  }

  /** The one run whose command is under way, once it has begun. */
  async running(): Promise<{ id: string; job: string; pid(of: 'launcher' | 'job' | 'witness'): number }> {
    for (let waited = 0; waited < 20_000; waited += 20) {
      const runs = existsSync(join(this.vault, 'runs')) ? readdirSync(join(this.vault, 'runs')) : [];
      for (const id of runs) {
        const job = join(this.vault, 'runs', id, 'job');
        if (!existsSync(join(job, 'job.json'))) continue;
        const pid = (of: string): number =>
          (JSON.parse(readFileSync(join(job, `${of}.json`), 'utf8')) as { pid: number }).pid;
        return { id, job, pid };
      }
      await sleep(20);
    }
    throw new Error('no command began');
  }

  log(id: string): string {
    return readFileSync(join(this.vault, 'runs', id, 'log.txt'), 'utf8');
  }

  /** Ends what the tests left running, then removes the vault. */
  async close(): Promise<void> {
    for (const child of this.#started) child.kill('SIGKILL');
    for (const pid of processesNaming(this.base)) kill(pid);
    await sleep(100);
    rmSync(this.base, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

export type RunJson = {
  id: string;
  status: string;
  exitCode: number | null;
  signal: string | null;
  reason: string | null;
};

export function kill(pid: number, signal: NodeJS.Signals = 'SIGKILL'): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended already.
  }
}

/** Processes whose command line, or working folder, names this text; Linux only, where the tests of survival run. */
export function processesNaming(text: string): number[] {
  if (!existsSync('/proc')) return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .map(Number)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(text);
      } catch {
        return false;
      }
    });
}

/** The process that looks after the command of a vault. */
export const hostsOf = (vault: string): number[] =>
  processesNaming(vault).filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('command-host'));
