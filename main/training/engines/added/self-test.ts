import { AppError } from '../../../../shared/errors.ts';
import { startChild } from '../../../platform/child.ts';
import { entryUrl } from '../../../platform/entry.ts';
import { fromTrainer } from '../../protocol.ts';
import type { AddableId } from './manifest.ts';

export type SelfTest = { kernels: number };

const SECONDS = 180;

/**
 * Lets an engine that is not trusted yet compute every kernel of the recipes in a child and compares with plain JavaScript.
 * ENGINE_FAULTY when it crashes, takes too long, cannot be loaded or computes something else.
 */
export function testInChild(folder: string, id: AddableId, seconds = SECONDS): Promise<SelfTest> {
  const ended = Promise.withResolvers<SelfTest>();
  let answered = false;
  const settle = (act: () => void): void => {
    answered = true;
    clearTimeout(timer);
    act();
  };
  const child = startChild(entryUrl('training/trainer'), {
    name: 'Wardbook engine check',
    onMessage(message) {
      const answer = fromTrainer.safeParse(message);
      if (answered || !answer.success || answer.data.type !== 'checked') return;
      const { kernels, failures } = answer.data;
      settle(() => {
        if (failures.length === 0) ended.resolve({ kernels });
        else ended.reject(faulty(failures.slice(0, 3).join('; ')));
      });
    },
    onExit({ code, signal }) {
      if (!answered)
        settle(() => ended.reject(faulty(`it ended the process that loaded it (${signal ?? `status ${code}`})`)));
    },
  });
  const timer = setTimeout(() => {
    settle(() => ended.reject(faulty(`its check took more than ${seconds} seconds`)));
    child.kill('SIGKILL');
  }, seconds * 1_000);
  child.send({ type: 'check-engine', id, folder });
  return ended.promise;
}

function faulty(how: string): AppError {
  return new AppError(
    'ENGINE_FAULTY',
    `The engine was not added: ${how}.`,
    'It was built for another kind of processor or system, or its libraries are damaged; have it built on a machine like this one.',
  );
}
