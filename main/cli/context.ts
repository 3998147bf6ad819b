import { vaultFolder } from '../platform/paths.ts';
import type { Vault } from '../store/vault.ts';
import type { VaultClient } from '../workers/client.ts';

export type GlobalOptions = { vault?: string; json?: boolean };

/** What a command gets: where the vault is, and the two streams. Heavy modules are imported by the commands themselves. */
export type CliContext = {
  options: GlobalOptions;
  vaultDir: string;
  /** Opens the vault for writing (creates it when it does not exist), runs `work`, closes it. */
  withVault<T>(work: (client: VaultClient, vault: Vault) => Promise<T>): Promise<T>;
  /** The one JSON value of `--json`, or `text` for a person. */
  print(value: unknown, text: () => string): void;
  /** A line for a person, on stderr. */
  say(line: string): void;
  /** A progress bar on a terminal, plain lines otherwise; on stderr. `done` from 0 to 1. */
  progress(label: string, done: number, detail: string): void;
  /** The process's exit status when the command ends normally; 0 unless a command sets another. */
  exitCode: number;
};

/** Commands whose Wardbook is gone get their end, or another host; a moment is given to one that has little left to do. */
async function settleCommands(vault: Vault): Promise<void> {
  const { orphanedCommands } = await import('../store/commands.ts');
  if (orphanedCommands(vault.db).length === 0) return;
  const { settleOrphans } = await import('../commands/settle-orphans.ts');
  settleOrphans(vault);
  for (let waited = 0; waited < 3_000 && orphanedCommands(vault.db).length > 0; waited += 50) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export function createContext(options: GlobalOptions): CliContext {
  const terminal = process.stderr.isTTY === true;
  let lastLabel = '';
  let lastTenth = -1;
  const context: CliContext = {
    options,
    vaultDir: vaultFolder(options.vault),
    exitCode: 0,
    async withVault(work) {
      const { openVault } = await import('../store/open-vault.ts');
      const { inProcessClient } = await import('../workers/in-process.ts');
      const vault = openVault(context.vaultDir, { purpose: 'cli' });
      const client = inProcessClient(vault);
      try {
        await settleCommands(vault);
        return await work(client, vault);
      } finally {
        await client.close();
      }
    },
    print(value, text) {
      process.stdout.write(options.json === true ? `${JSON.stringify(value)}\n` : `${text()}\n`);
    },
    say(line) {
      process.stderr.write(`${line}\n`);
    },
    progress(label, done, detail) {
      if (terminal) {
        const width = 28;
        const filled = Math.round(Math.min(1, Math.max(0, done)) * width);
        const bar = `${'━'.repeat(filled)}${'─'.repeat(width - filled)}`;
        process.stderr.write(
          `\r\u001b[2K${label} ${bar} ${Math.round(done * 100)} % ${detail}${done >= 1 ? '\n' : ''}`,
        );
        return;
      }
      const tenth = Math.floor(done * 10);
      if (label === lastLabel && tenth === lastTenth) return;
      lastLabel = label;
      lastTenth = tenth;
      process.stderr.write(`${label}: ${Math.round(done * 100)} % ${detail}\n`);
    },
  };
  return context;
}
