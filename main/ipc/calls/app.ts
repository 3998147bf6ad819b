import type { LinkTarget } from '../../../shared/contract/settings.ts';
import { appCommit, appVersion } from '../../platform/version.ts';
import { keyFacts } from '../../store/keys.ts';
import { folderBytes } from '../folder-bytes.ts';
import type { MainCalls } from '../register.ts';

export type AppCallsOptions = {
  hostName: 'electron' | 'chromium';
  vaultDir: string;
  refused(): number;
  takeLink(): LinkTarget | null;
};

export function appCalls({
  hostName,
  vaultDir,
  refused,
  takeLink,
}: AppCallsOptions): Pick<MainCalls, 'app.facts' | 'app.takeLink'> {
  const bytes = folderBytes(vaultDir);
  return {
    'app.takeLink': () => takeLink(),
    async 'app.facts'() {
      const keys = keyFacts(vaultDir);
      return {
        version: appVersion,
        commit: appCommit,
        host: hostName,
        vault: { path: vaultDir, bytes: await bytes(), encryption: 'none' },
        keys,
        connectionsRefused: refused(),
        notices: notices(keys.protection),
      };
    },
  };
}

/** What a person must know of this machine, a sentence each. */
function notices(protection: 'keyring' | 'unprotected'): string[] {
  return [
    ...(process.getuid?.() === 0
      ? ['Wardbook runs as root, where the browser’s sandbox cannot work: start it as an ordinary user.']
      : []),
    ...(protection === 'unprotected'
      ? ['The signing key is an ordinary file that only you may read: no keyring protects it.']
      : []),
    'The vault is not encrypted by Wardbook: keep it on an encrypted disk.',
  ];
}
