import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Vault } from '../../main/store/vault.ts';
import type { VaultClient } from '../../main/workers/client.ts';
import { inProcessClient } from '../../main/workers/in-process.ts';
import { openTestVault, temporaryFolder } from './vault-fixture.ts';

let vault: Vault;
let client: VaultClient;
const dir = temporaryFolder();
beforeEach(() => {
  vault = openTestVault(dir);
  client = inProcessClient(vault);
});
afterEach(() => client.close());

const synchronous = () => vault.db.pragma('synchronous', { simple: true });

test('settings have defaults, change one by one, and durability counts at once', async () => {
  const defaults = {
    siteLabel: '',
    theme: 'system',
    size: 'normal',
    durability: 'normal',
    trainingCores: null,
    trackingServer: false,
    trackingPort: null,
    trainingGpuMemoryMiB: null,
    artifactQuotaGiB: 200,
    localCopies: 'this-machine',
    replay: 'this-machine',
  };
  expect(await client.call('settings.get', {})).toEqual(defaults);
  expect(synchronous()).toBe(1);
  expect(await client.call('settings.set', { theme: 'dark', durability: 'full' })).toEqual({
    ...defaults,
    theme: 'dark',
    durability: 'full',
  });
  expect(synchronous()).toBe(2);
});

test('settings and their durability are there when the vault is opened again', async () => {
  expect(await client.call('settings.get', {})).toMatchObject({ theme: 'dark', durability: 'full' });
  expect(synchronous()).toBe(2);
});

test('a saved view is replaced by one of its name and deleted by it', async () => {
  await client.call('views.save', { name: 'mine', state: '{"a":1}' });
  await client.call('views.save', { name: 'other', state: '{}' });
  await client.call('views.save', { name: 'mine', state: '{"a":2}' });
  await client.call('views.delete', { name: 'none' });
  expect(await client.call('views.list', {})).toEqual([
    { name: 'mine', state: '{"a":2}' },
    { name: 'other', state: '{}' },
  ]);
  await client.call('views.delete', { name: 'mine' });
  expect(await client.call('views.list', {})).toEqual([{ name: 'other', state: '{}' }]);
});
