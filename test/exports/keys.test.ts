import { createPublicKey, sign, verify } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  type KeyProtector,
  keyFacts,
  macKey,
  protectSigningKey,
  siteSigningKey,
  unlockSigningKey,
} from '../../main/store/keys.ts';
import { withBareVault } from './scratch.ts';

const flip = (bytes: Buffer): Buffer => Buffer.from(bytes.map((byte) => byte ^ 0x5a));
const keyring: KeyProtector = { backend: 'test-keyring', wrap: flip, unwrap: flip };

test('the site key is made once, 0600, signs, and its public half lies beside it', async () => {
  await withBareVault(({ dir }) => {
    const key = siteSigningKey(dir);
    expect(siteSigningKey(dir).keyId).toBe(key.keyId);
    expect(statSync(join(dir, 'keys', 'site-signing.json')).mode & 0o777).toBe(0o600);
    const signature = sign(null, Buffer.from('text'), key.privateKey);
    const publicKey = createPublicKey(readFileSync(join(dir, 'keys', 'site-signing.pub.pem'), 'utf8'));
    expect(verify(null, Buffer.from('text'), publicKey, signature)).toBe(true);
    expect(keyFacts(dir)).toEqual({ protection: 'unprotected', publicKey: key.publicKeyPem, keyId: key.keyId });
  });
});

test('a keyring keeps the signing key: another process cannot sign until it is handed the key', async () => {
  await withBareVault(({ dir }) => {
    const before = siteSigningKey(dir);
    const plain = protectSigningKey(dir, keyring);
    expect(readFileSync(join(dir, 'keys', 'site-signing.json'), 'utf8')).not.toContain(plain.toString('base64'));
    expect(keyFacts(dir)).toMatchObject({ protection: 'keyring', keyId: before.keyId });
    expect(() => siteSigningKey(dir)).toThrow(expect.objectContaining({ code: 'KEY_UNAVAILABLE' }));
    unlockSigningKey(dir, protectSigningKey(dir, keyring));
    expect(siteSigningKey(dir).keyId).toBe(before.keyId);
  });
});

test('a keyring of another name is refused, not silently accepted', async () => {
  await withBareVault(({ dir }) => {
    protectSigningKey(dir, keyring);
    const other = { ...keyring, backend: 'basic_text' };
    expect(() => protectSigningKey(dir, other)).toThrow(expect.objectContaining({ code: 'KEY_UNAVAILABLE' }));
  });
});

test('each use has its own secret, derived from one file', async () => {
  await withBareVault(({ dir }) => {
    expect(macKey(dir, 'audit', false)).toBeNull();
    const audit = macKey(dir, 'audit', true);
    expect(macKey(dir, 'audit', false)).toEqual(audit);
    expect(macKey(dir, 'fingerprint', false)).not.toEqual(audit);
  });
});
