import { spawnSync } from 'node:child_process';

/** Runs a program and returns what it printed; what goes wrong ends this one with the program's own words. */
export function run(program, args) {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (error?.code === 'ENOENT') throw new Error(`${program} is not installed (docs/engines.md lists what is needed).`);
  if (status !== 0) throw new Error(`${program} ${args.join(' ').slice(0, 200)} failed:\n${stderr.slice(-4000)}`);
  return stdout;
}
