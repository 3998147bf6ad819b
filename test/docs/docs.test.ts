import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { errorCodes } from '../../shared/errors.ts';

const docs = join(import.meta.dirname, '../../docs');
const page = (name: string) => readFileSync(join(docs, name), 'utf8');

test('every error code is in docs/cli.md, and no other', () => {
  const list = page('cli.md').split('## Error codes')[1]!;
  const documented = [...list.matchAll(/`([A-Z_]+)`/g)].map((match) => match[1]!);
  expect(documented.sort()).toEqual([...errorCodes].sort());
});

test('every link between the documentation pages leads to a page', () => {
  const broken = readdirSync(docs)
    .filter((name) => name.endsWith('.md'))
    .flatMap((name) => [...page(name).matchAll(/\]\(([a-z0-9/-]+\.md)[)#]/g)].map((match) => ({ name, to: match[1]! })))
    .filter(({ to }) => !existsSync(join(docs, to)));
  expect(broken).toEqual([]);
});
