import type { Host } from './host/host.ts';
import type { Log } from './platform/log.ts';
import { type KeyProtector, protectSigningKey } from './store/keys.ts';
import type { VaultClient } from './workers/client.ts';

type SafeStorage = Host['safeStorage'];

/**
 * Puts the site's signing key under the keyring and gives the store the opened one. Without a keyring the key stays a file, and
 * the app says so. A keyring that has changed keeps only the signing of reports from working: that call says why.
 */
export async function unlockKeys(
  safeStorage: SafeStorage,
  vaultDir: string,
  client: Pick<VaultClient, 'call'>,
  ready: Promise<void>,
  log: Log,
): Promise<void> {
  await ready;
  const protector = keyProtector(safeStorage);
  if (protector === null) return;
  try {
    await client.call('internal.unlockKeys', { signingKey: protectSigningKey(vaultDir, protector) });
  } catch (error) {
    log('the keyring', error);
  }
}

/** The system's keyring, or null where it is none: `basic_text` on Linux is plain text with a fixed password. */
export function keyProtector(safeStorage: SafeStorage): KeyProtector | null {
  if (!safeStorage.isEncryptionAvailable()) return null;
  const backend = backendName(safeStorage);
  if (backend === null) return null;
  return {
    backend,
    wrap: (secret) => safeStorage.encryptString(secret.toString('base64')),
    unwrap: (wrapped) => Buffer.from(safeStorage.decryptString(wrapped), 'base64'),
  };
}

function backendName(safeStorage: SafeStorage): string | null {
  if (process.platform === 'win32') return 'dpapi';
  if (process.platform === 'darwin') return 'keychain';
  const backend = safeStorage.getSelectedStorageBackend();
  return backend === 'basic_text' || backend === 'unknown' ? null : backend;
}
