import { spawnSync } from 'node:child_process';
import { identityOf, isAlive, type ProcessIdentity } from '../../platform/process-identity.ts';
import type { StopRequest } from '../../store/stop-request.ts';

/** All processes below one, itself included. */
export type ProcessTree = (pid: number) => number[];

/** How long a command has for its last checkpoint before it is killed. */
const graceMs = 10_000;

/**
 * Ends a command with all it has started: asks its process group (SIGTERM, or SIGINT for Ctrl-C), and after a grace kills the
 * group and whatever of its descendants has left it.
 */
export class JobStopper {
  readonly #job: ProcessIdentity;
  readonly #tree: ProcessTree;
  #known: ProcessIdentity[] = [];
  #killing: NodeJS.Timeout | null = null;

  constructor(job: ProcessIdentity, tree: ProcessTree) {
    this.#job = job;
    this.#tree = tree;
  }

  request({ how }: StopRequest): void {
    this.#known = this.#tree(this.#job.pid).map(identityOf);
    if (how === 'kill' || process.platform === 'win32') {
      this.kill();
      return;
    }
    signalGroup(this.#job.pid, how === 'interrupt' ? 'SIGINT' : 'SIGTERM');
    this.#killing ??= setTimeout(() => this.kill(), graceMs);
  }

  kill(): void {
    this.#known.push(...this.#tree(this.#job.pid).map(identityOf));
    if (process.platform === 'win32')
      spawnSync('taskkill', ['/pid', String(this.#job.pid), '/T', '/F'], { stdio: 'ignore' });
    else signalGroup(this.#job.pid, 'SIGKILL');
    for (const one of this.#known) if (isAlive(one)) signal(one.pid, 'SIGKILL');
  }

  /** What the command has left running in its group ends with it. Only while its launcher lives: later the number may be another's. */
  async end(): Promise<void> {
    if (this.#killing !== null) clearTimeout(this.#killing);
    if (process.platform === 'win32' || !signalGroup(this.#job.pid, 'SIGTERM')) return;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    signalGroup(this.#job.pid, 'SIGKILL');
  }
}

const signalGroup = (leader: number, name: NodeJS.Signals): boolean => signal(-leader, name);

/** False when there is no such process any more. */
function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    process.kill(pid, name);
    return true;
  } catch {
    return false;
  }
}
