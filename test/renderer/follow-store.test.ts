import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { followStore, isTouched, isUnhurried } from '../../renderer/query.ts';
import type { Events } from '../../shared/contract/events.ts';

const a = 'a'.repeat(32);
const b = 'b'.repeat(32);

describe('a change touches what reads it', () => {
  it('a call about one run only when that run changed', () => {
    const change = { nouns: ['run' as const], runs: [a] };
    expect(isTouched(['runs.show', { id: a }], change)).toBe(true);
    expect(isTouched(['runs.show', { id: b }], change)).toBe(false);
    expect(isTouched(['runs.compare', { ids: [b, a] }], change)).toBe(true);
    expect(isTouched(['runs.list', { study: null }], change)).toBe(true);
    expect(isTouched(['settings.get', {}], change)).toBe(false);
  });
  it('the list of datasets counts their runs', () => {
    expect(isTouched(['datasets.list', {}], { nouns: ['run'], runs: [a] })).toBe(true);
    expect(isTouched(['datasets.list', {}], { nouns: ['series'], runs: [a] })).toBe(false);
  });
  it('a change that names no run touches all of them', () => {
    expect(isTouched(['runs.show', { id: b }], { nouns: ['run'], runs: [] })).toBe(true);
  });
  it('counts and lists of keys are unhurried', () => {
    expect(
      [
        ['runs.list', { limit: 1 }],
        ['runs.keys', {}],
        ['runs.list', { limit: 200 }],
      ].map(isUnhurried),
    ).toEqual([true, true, false]);
  });
});

describe('the cache follows the store', () => {
  let emit: (change: Events['store.changed']) => void;
  const client = new QueryClient();
  let off: () => void;

  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('window', {
      api: {
        on: (_event: string, handler: typeof emit) => {
          emit = handler;
          return () => {};
        },
      },
    });
    off = followStore(client);
  });
  afterEach(() => {
    off();
    client.clear();
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  /** A cached call whose every fetch takes `ms` and reads the store when it begins. */
  async function watch(key: readonly unknown[], ms: number, read: () => number) {
    const observer = new QueryObserver(client, {
      queryKey: key,
      staleTime: Number.POSITIVE_INFINITY,
      queryFn: () => {
        const value = read();
        return new Promise<number>((resolve) => setTimeout(() => resolve(value), ms));
      },
    });
    const stop = observer.subscribe(() => {});
    return { value: () => observer.getCurrentResult().data, stop };
  }
  const change = (revision: number) => emit({ revision, nouns: ['run'], runs: [] });

  it('however long a query takes and however often the store changes, the last state is shown in the end', async () => {
    let stored = 0;
    const list = await watch(['runs.list', { limit: 200 }], 400, () => stored);
    for (stored = 1; stored < 40; stored += 1) {
      change(stored);
      await vi.advanceTimersByTimeAsync(50);
    }
    change(40);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(list.value()).toBe(40);
    list.stop();
  });
  it('a change that comes while the first answer is on its way is not lost', async () => {
    let stored = 1;
    const list = await watch(['runs.list', { limit: 200 }], 300, () => stored);
    await vi.advanceTimersByTimeAsync(100);
    stored = 2;
    change(2);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(list.value()).toBe(2);
    list.stop();
  });
  it('unhurried calls are asked at most every two seconds, and once more in the end', async () => {
    let reads = 0;
    const keys = await watch(['runs.keys', { study: null }], 10, () => ++reads);
    await vi.advanceTimersByTimeAsync(100);
    for (let at = 0; at < 60; at += 1) {
      change(at);
      await vi.advanceTimersByTimeAsync(100);
    }
    await vi.advanceTimersByTimeAsync(5_000);
    expect(reads).toBeLessThanOrEqual(6);
    expect(reads).toBeGreaterThanOrEqual(4);
    keys.stop();
  });
});
