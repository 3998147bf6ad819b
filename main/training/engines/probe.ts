import type { EngineId } from '../../../shared/model/run.ts';
import { startChild } from '../../platform/child.ts';
import { entryUrl } from '../../platform/entry.ts';
import { fromTrainer } from '../protocol.ts';
import type { FoundDevice } from './found.ts';

/** `printed`: what the driver or library wrote while it was asked. */
export type Probe = { found: FoundDevice | null; reason: string; printed: string };

const MOST_PRINTED = 64 * 1024;
const known = new Map<string, Promise<Probe>>();

/** What an engine finds on this machine, asked once per process and `key` (what the answer depends on). */
export function probe(engine: EngineId, seconds: number, key = ''): Promise<Probe> {
  const name = `${engine} ${key}`;
  const asked = known.get(name) ?? askChild(engine, seconds);
  known.set(name, asked);
  return asked;
}

/** Asks in a child with a time limit, since a broken driver may crash or hang whoever loads it. */
function askChild(engine: EngineId, seconds: number): Promise<Probe> {
  return new Promise((resolve) => {
    let printed = '';
    let answered: Omit<Probe, 'printed'> | null = null;
    const child = startChild(entryUrl('training/trainer'), {
      name: 'Wardbook device probe',
      onMessage(message) {
        const answer = fromTrainer.safeParse(message);
        if (answer.success && answer.data.type === 'probed') answered = answer.data;
      },
      onOutput(text) {
        if (printed.length < MOST_PRINTED) printed += text;
      },
      onExit({ code, signal }) {
        clearTimeout(timer);
        answered ??= {
          found: null,
          reason: `looking for its device ended the process that looked (${signal ?? `status ${code}`}): a driver or library is broken`,
        };
        resolve({ found: answered.found, reason: answered.reason, printed });
      },
    });
    const timer = setTimeout(() => {
      answered ??= { found: null, reason: `looking for its device took more than ${seconds} seconds` };
      child.kill('SIGKILL');
    }, seconds * 1_000);
    child.send({ type: 'probe', engine });
  });
}
