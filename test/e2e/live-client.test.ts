import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DrivenApp, openApp } from './driven-app.ts';

let app: DrivenApp;
beforeAll(async () => {
  app = await openApp();
});
afterAll(() => app?.close());

test('a run that a client made is open in the window: its first metric, a new one and their points are drawn as they come', {
  timeout: 60_000,
}, async () => {
  const { server } = await app.call('tracking.switch', { on: true });
  const post = async <T>(path: string, body: object): Promise<T> => {
    const response = await fetch(`${server!.url}/api/2.0/mlflow/${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${server!.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(response.status).toBe(200);
    return (await response.json()) as T;
  };
  const { run } = await post<{ run: { info: { run_id: string } } }>('runs/create', { experiment_id: '0' });
  const log = (key: string, step: number, value: number) =>
    post('runs/log-metric', { run_id: run.info.run_id, key, step, value, timestamp: 1_700_000_000_000 + step });
  const drawn = (name: string): Promise<number[]> =>
    app.page.locator(`figure[aria-label^="${name}."] .plot-place`).evaluate((place) => {
      const traces = (place as HTMLElement & { data?: { y: ArrayLike<number> }[] }).data ?? [];
      return traces.flatMap(({ y }) => Array.from(y));
    });
  await app.go(`/run/${run.info.run_id}/curves`);
  await app.page.getByText('The first metric has not arrived yet.').waitFor();
  await log('error', 1, 0.75);
  await expect.poll(() => drawn('error')).toContain(0.75);
  await log('error', 2, 0.5);
  await log('speed', 1, 30);
  await expect.poll(() => drawn('error')).toContain(0.5);
  await expect.poll(() => drawn('speed')).toContain(30);
  expect(app.problems).toEqual([]);
});
