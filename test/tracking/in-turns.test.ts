import { afterAll, beforeAll, expect, test } from 'vitest';
import { transaction } from '../../main/store/open.ts';
import { inTurns } from '../../main/tracking/in-turns.ts';
import { type Json, startTestServer, type TestServer } from './server-fixture.ts';

let it: TestServer;
let experiment: string;
const runs = 1_203;

beforeAll(async () => {
  it = await startTestServer();
  ({ experiment_id: experiment } = await it.ok('POST', 'experiments/create', { name: 'Many' }));
  transaction(it.vault.db, () => {
    const run = it.vault.db.prepare(
      `INSERT INTO run (uid, study_id, name, status, created_at, started_at) VALUES (?, ?, ?, 'finished', ?, ?)`,
    );
    for (let i = 0; i < runs; i++) run.run(i.toString(16).padStart(32, '0'), Number(experiment), `run ${i}`, i, i);
  });
});
afterAll(() => it.close());

test('others have their turn between the parts of a long answer', async () => {
  const order: string[] = [];
  const text = inTurns(it.vault.db, 5, 2, (from, to) => {
    order.push(`part ${from}`);
    setImmediate(() => order.push(`other ${from}`));
    return Array.from({ length: to - from }, (_, i) => from + i).join(',');
  });
  expect(await text).toBe('0,1,2,3,4');
  expect(order).toEqual(['part 0', 'other 0', 'part 2', 'other 2', 'part 4']);
  expect(await inTurns(it.vault.db, 0, 2, () => 'x')).toBe('');
});

test('a search with more results than a part has every run once and in order, and its pages follow one another', async () => {
  const ids = async (fields: Json): Promise<Json> => {
    const reply = await it.ok('POST', 'runs/search', { experiment_ids: [experiment], ...fields });
    return { names: reply.runs.map(({ info }: Json) => info.run_name), token: reply.next_page_token };
  };
  const expected = Array.from({ length: runs }, (_, i) => `run ${runs - 1 - i}`);
  expect((await ids({ max_results: 50_000 })).names).toEqual(expected);
  const first = await ids({ max_results: 700 });
  const second = await ids({ max_results: 700, page_token: first.token });
  expect([...first.names, ...second.names]).toEqual(expected);
  expect(second.token).toBeUndefined();
});
