import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createPublisher, publishEveryMs } from '../../main/ipc/publish.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function recorder() {
  const sent: unknown[] = [];
  return { sent, publisher: createPublisher((_channel, message) => void sent.push(message)) };
}

test('the first change goes at once, those of the next 100 ms go together, and none is lost', () => {
  const { sent, publisher } = recorder();
  for (const revision of [1, 2, 3]) {
    publisher.publish('store.changed', {
      revision,
      nouns: revision === 3 ? ['run', 'log'] : ['run'],
      runs: [`r${revision}`],
    });
  }
  expect(sent).toEqual([['store.changed', { revision: 1, nouns: ['run'], runs: ['r1'] }]]);
  vi.advanceTimersByTime(publishEveryMs);
  expect(sent[1]).toEqual(['store.changed', { revision: 3, nouns: ['run', 'log'], runs: ['r2', 'r3'] }]);
  vi.advanceTimersByTime(10 * publishEveryMs);
  expect(sent).toHaveLength(2);
});

test('an endless stream is delivered at most ten times a second, the newest reading last', () => {
  const { sent, publisher } = recorder();
  const progress = { handle: 'h', bytesTotal: 1e6, rows: 0, bytesPerSecond: 1, leftMs: null };
  for (let ms = 0; ms < 1_000; ms += 5) {
    publisher.publish('import.progress', { ...progress, bytesDone: ms });
    vi.advanceTimersByTime(5);
  }
  vi.advanceTimersByTime(publishEveryMs);
  expect(sent.length).toBeLessThanOrEqual(12);
  expect(sent.at(-1)).toEqual(['import.progress', { ...progress, bytesDone: 995 }]);
});

test('two imports do not swallow each other’s progress', () => {
  const { sent, publisher } = recorder();
  for (const handle of ['a', 'b']) {
    publisher.publish('import.progress', {
      handle,
      bytesDone: 1,
      bytesTotal: 2,
      rows: 0,
      bytesPerSecond: 1,
      leftMs: null,
    });
  }
  expect(sent).toHaveLength(2);
});

test('nothing is sent after the window has closed', () => {
  const { sent, publisher } = recorder();
  const change = { revision: 1, nouns: ['run' as const], runs: [] };
  publisher.publish('store.changed', change);
  publisher.publish('store.changed', change);
  publisher.close();
  vi.advanceTimersByTime(10 * publishEveryMs);
  expect(sent).toHaveLength(1);
});
