import { createHash } from 'node:crypto';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from './server-fixture.ts';

const run = '0123456789abcdef0123456789abcdef';
const ids = ['found', 'nothing', 'what', 'open', 'app', 'cli'] as const;

let it: TestServer;
let page: string;
let policy: string;
beforeAll(async () => {
  it = await startTestServer();
  const answer = await it.send('GET', '/', { token: null });
  page = answer.text;
  policy = String(answer.headers['content-security-policy']);
});
afterAll(() => it.close());

const inside = (tag: string): string => new RegExp(`<${tag}>([^]*?)</${tag}>`).exec(page)![1]!;

/** What the page shows and where it goes for what a client printed; `then` is another link in the same page. */
function show(hash: string, then?: string) {
  const elements = Object.fromEntries(ids.map((id) => [id, { hidden: false, textContent: '', href: '' }]));
  const went: string[] = [];
  const location = { hash, replace: (to: string) => went.push(to) };
  const listeners: Record<string, () => void> = {};
  runInNewContext(inside('script'), {
    location,
    document: { getElementById: (id: string) => elements[id] },
    addEventListener: (event: string, listener: () => void) => {
      listeners[event] = listener;
    },
    setTimeout: (work: () => void) => work(),
  });
  expect(went, 'nothing before the words are there').toEqual([]);
  listeners['load']!();
  if (then !== undefined) {
    location.hash = then;
    listeners['hashchange']!();
  }
  const { found, nothing, what, open, app, cli } = elements as Record<(typeof ids)[number], (typeof elements)[string]>;
  return found.hidden
    ? { nothing: !nothing.hidden, went }
    : { what: what.textContent, open: open.href, app: app.textContent, cli: cli.textContent, went };
}

test('the link of a run is said in words, with the commands that open it, and goes to the app', () => {
  const expected = {
    what: `Run ${run}`,
    open: `wardbook://run/${run}`,
    app: `wardbook-app wardbook://run/${run}`,
    cli: `wardbook show ${run}`,
    went: [`wardbook://run/${run}`],
  };
  expect(show(`#/experiments/7/runs/${run}`)).toEqual(expected);
  expect(show(`#/experiments/7/runs/${run}/artifacts?x=1`)).toEqual(expected);
});

test('the link of an experiment leads to its study', () => {
  expect(show('#/experiments/0')).toEqual({
    what: 'Study number 0',
    open: 'wardbook://study/0',
    app: 'wardbook-app wardbook://study/0',
    cli: 'wardbook study list',
    went: ['wardbook://study/0'],
  });
});

test('another link in the same page takes the place of the first', () => {
  expect(show('#/experiments/0', `#/experiments/0/runs/${run}`)).toMatchObject({
    what: `Run ${run}`,
    went: ['wardbook://study/0', `wardbook://run/${run}`],
  });
});

test.each([
  '',
  '#/',
  '#/experiments/',
  '#/experiments/a',
  `#/runs/${run}`,
  '#/models/x',
  '#/experiments/1x',
  'javascript:alert(1)',
])('%j goes nowhere', (hash) => {
  expect(show(hash)).toEqual({ nothing: true, went: [] });
});

test('what is no id of a run is not taken into a link or shown', () => {
  const { open, what } = show('#/experiments/1/runs/%3Cscript%3E');
  expect([open, what]).toEqual(['wardbook://study/1', 'Study number 1']);
});

test('its policy allows its own script and style by their hashes and nothing else', () => {
  const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  expect(policy).toContain(
    `default-src 'none'; script-src ${hash(inside('script'))}; style-src ${hash(inside('style'))};`,
  );
});
