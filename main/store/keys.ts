import {
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import { newId } from '../platform/ids.ts';
import { makePrivateFolder } from './files.ts';
import { storeError } from './store-error.ts';

/** What the operating system offers to keep a key: Electron's safeStorage, handed in by main.ts. `backend` is its name. */
export type KeyProtector = { backend: string; wrap(secret: Buffer): Buffer; unwrap(wrapped: Buffer): Buffer };
export type SigningKey = { privateKey: KeyObject; publicKeyPem: string; keyId: string };
export type KeyFacts = { protection: 'keyring' | 'unprotected'; publicKey: string; keyId: string };
export type MacUse = 'audit' | 'fingerprint';

const signingFile = z.strictObject({
  version: z.literal(1),
  protection: z.enum(['none', 'keyring']),
  backend: z.string().nullable(),
  /** PKCS #8 in DER, wrapped when protection is `keyring`; base64. */
  privateKey: z.string(),
  publicKey: z.string(),
});
type SigningFile = z.infer<typeof signingFile>;

const keysFolder = (dir: string): string => join(dir, 'keys');
const signingPath = (dir: string): string => join(keysFolder(dir), 'site-signing.json');
const publicPath = (dir: string): string => join(keysFolder(dir), 'site-signing.pub.pem');
const macPath = (dir: string): string => join(keysFolder(dir), 'site-mac.key');

/** Signing keys that a keyring gave back in this process, by vault folder. */
const unlocked = new Map<string, KeyObject>();

/** First 16 hex digits of the SHA-256 of the public key (SPKI, DER). */
export function keyIdOf(publicKey: KeyObject): string {
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex')
    .slice(0, 16);
}

/** The site's Ed25519 key, made on first use. Throws KEY_UNAVAILABLE when the keyring holds it and this process was not given it. */
export function siteSigningKey(dir: string): SigningKey {
  const file = readSigningFile(dir) ?? createSigningFile(dir);
  const publicKey = createPublicKey(file.publicKey);
  const open =
    unlocked.get(dir) ?? (file.protection === 'none' ? privateKeyOf(Buffer.from(file.privateKey, 'base64')) : null);
  if (open === null) {
    throw new AppError(
      'KEY_UNAVAILABLE',
      `The site's signing key is kept by this system's keyring (${file.backend ?? 'unknown'}), which only the app can open.`,
      'Sign the report in the app.',
    );
  }
  if (!createPublicKey(open).equals(publicKey)) throw damagedKey('site-signing.json');
  return { privateKey: open, publicKeyPem: file.publicKey, keyId: keyIdOf(publicKey) };
}

/** How the signing key is kept, and its public half, which recipients are given by another way than the report. */
export function keyFacts(dir: string): KeyFacts {
  const file = readSigningFile(dir) ?? createSigningFile(dir);
  return {
    protection: file.protection === 'keyring' ? 'keyring' : 'unprotected',
    publicKey: file.publicKey,
    keyId: keyIdOf(createPublicKey(file.publicKey)),
  };
}

/**
 * Puts the signing key under the keyring's protection (or opens it when it is already) and returns it as PKCS #8 in DER, to be
 * handed to the vault worker with `unlockSigningKey`. Throws KEY_UNAVAILABLE when it was wrapped by another backend.
 */
export function protectSigningKey(dir: string, protector: KeyProtector): Buffer {
  const file = readSigningFile(dir) ?? createSigningFile(dir);
  const stored = Buffer.from(file.privateKey, 'base64');
  if (file.protection === 'none') {
    const wrapped = protector.wrap(stored);
    if (!protector.unwrap(wrapped).equals(stored)) throw damagedKey('site-signing.json');
    replaceFile(
      signingPath(dir),
      describe({ ...file, protection: 'keyring', backend: protector.backend, privateKey: wrapped.toString('base64') }),
    );
    return stored;
  }
  if (file.backend !== protector.backend) {
    throw new AppError(
      'KEY_UNAVAILABLE',
      `The signing key was wrapped by the keyring "${file.backend ?? 'unknown'}", but this system now offers "${protector.backend}".`,
      'Start the app in the desktop session that it was set up in.',
    );
  }
  return protector.unwrap(stored);
}

/** Gives this process the signing key that the keyring protects. */
export function unlockSigningKey(dir: string, pkcs8: Uint8Array): void {
  unlocked.set(dir, privateKeyOf(Buffer.from(pkcs8)));
}

/**
 * Secret for one use, derived from the vault's own 32 random bytes. It stays a 0600 file on every system: each process that
 * writes to the vault, the command line included, must be able to extend the audit chain. Returns null when it does not exist
 * and `create` is false.
 */
export function macKey(dir: string, use: MacUse, create: boolean): Buffer | null {
  const path = macPath(dir);
  if (!existsSync(path)) {
    if (!create) return null;
    createFile(path, `${randomBytes(32).toString('hex')}\n`);
  }
  const hex = readFileSync(path, 'utf8').trim();
  if (!/^[0-9a-f]{64}$/.test(hex)) throw damagedKey('site-mac.key');
  return createHmac('sha256', Buffer.from(hex, 'hex')).update(`wardbook ${use}`).digest();
}

function readSigningFile(dir: string): SigningFile | null {
  if (!existsSync(signingPath(dir))) return null;
  try {
    return signingFile.parse(JSON.parse(readFileSync(signingPath(dir), 'utf8')));
  } catch (error) {
    throw damagedKey('site-signing.json', error);
  }
}

function createSigningFile(dir: string): SigningFile {
  const pair = generateKeyPairSync('ed25519');
  const publicKey = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const privateKey = pair.privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64');
  createFile(signingPath(dir), describe({ version: 1, protection: 'none', backend: null, privateKey, publicKey }));
  // Another process may have been first; its key is the site's.
  const file = readSigningFile(dir);
  if (file === null) throw damagedKey('site-signing.json');
  createFile(publicPath(dir), file.publicKey);
  return file;
}

const describe = (file: SigningFile): string => `${JSON.stringify(file, null, 2)}\n`;
const privateKeyOf = (pkcs8: Buffer): KeyObject => createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });

/** Written beside and linked into place: it appears whole, and a file that is already there wins. */
function createFile(path: string, text: string): void {
  const temporary = writeTemporary(path, text);
  try {
    linkSync(temporary, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw storeError(error, path);
  } finally {
    rmSync(temporary, { force: true });
  }
}

function replaceFile(path: string, text: string): void {
  renameSync(writeTemporary(path, text), path);
}

function writeTemporary(path: string, text: string): string {
  try {
    makePrivateFolder(join(path, '..'));
    const temporary = `${path}.${newId()}`;
    const handle = openSync(temporary, 'wx', 0o600);
    writeSync(handle, text);
    fsyncSync(handle);
    closeSync(handle);
    return temporary;
  } catch (error) {
    throw storeError(error, path);
  }
}

function damagedKey(name: string, cause?: unknown): AppError {
  return new AppError(
    'KEY_UNAVAILABLE',
    `The key file keys/${name} in the vault cannot be read as a key.`,
    'Restore it from a backup of the vault.',
    { cause },
  );
}
