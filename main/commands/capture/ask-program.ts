import { execFile } from 'node:child_process';

/** Where a program is asked, and by what it is started: the means that take its network away. */
export type Surroundings = { cwd: string; env: NodeJS.ProcessEnv; wrap?: string[] };

export type Asked = Surroundings & { timeoutMs: number };

const mostBytes = 32 * 2 ** 20;

/** What a program prints, or null when it is not there, fails, says too much or takes too long; then it is ended. */
export function askProgram(
  program: string,
  args: string[],
  { cwd, env, timeoutMs, wrap = [] }: Asked,
): Promise<Buffer | null> {
  return new Promise((resolve) => {
    const options = {
      cwd,
      env,
      timeout: timeoutMs,
      maxBuffer: mostBytes,
      encoding: 'buffer',
      killSignal: 'SIGKILL',
    } as const;
    const [first = '', ...rest] = [...wrap, program, ...args];
    const child = execFile(first, rest, options, (error, stdout) => resolve(error === null ? stdout : null));
    child.stdin?.end();
  });
}
