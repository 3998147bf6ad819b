import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** The vault named by `--vault` or WARDBOOK_VAULT, otherwise `vault` in the per-user data folder of this system. */
export function vaultFolder(option: string | undefined, env: NodeJS.ProcessEnv = process.env): string {
  const named = option ?? env['WARDBOOK_VAULT'];
  return named ? resolve(named) : join(userDataFolder(env), 'vault');
}

/** Where added engines lie, for all vaults of this user: WARDBOOK_ENGINES, otherwise `engines` in the per-user data folder. */
export function enginesFolder(env: NodeJS.ProcessEnv = process.env): string {
  const named = env['WARDBOOK_ENGINES'];
  return named ? resolve(named) : join(userDataFolder(env), 'engines');
}

/** Per-user data folder: %LOCALAPPDATA% (never roaming: it may be synced), Application Support, or XDG_DATA_HOME. */
export function userDataFolder(env: NodeJS.ProcessEnv = process.env): string {
  const home = homedir();
  if (process.platform === 'win32') return join(env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'Wardbook');
  if (process.platform === 'darwin') return join(home, 'Library', 'Application Support', 'Wardbook');
  return join(env['XDG_DATA_HOME'] || join(home, '.local', 'share'), 'wardbook');
}
