import { expect, test } from 'vitest';
import type { VaultCallName } from '../../main/workers/client.ts';
import { findOperation, isRead } from '../../main/workers/operations.ts';
import { contract } from '../../shared/contract/index.ts';

const storeCalls = Object.entries(contract).filter(([, { kind }]) => kind !== 'main');

test.each(storeCalls)('%s is answered by a room', async (name) => {
  expect(await findOperation(name as VaultCallName)).toBeTypeOf('function');
});

test('reads go to a reader, writes and the calls of our own processes that write do not', () => {
  for (const [name, { kind }] of storeCalls) expect(isRead(name as VaultCallName), name).toBe(kind === 'read');
  expect(isRead('internal.createRun')).toBe(false);
  expect(isRead('internal.datasetVersion')).toBe(true);
});
