import { type Failure, toFailure } from '../../shared/errors.ts';
import { connectToParent } from '../platform/parent.ts';
import { setDurability } from '../store/open.ts';
import { openVault } from '../store/open-vault.ts';
import { readSettings } from '../store/settings.ts';
import { type FromServer, toServer } from './serve-messages.ts';
import { startTrackingServer } from './server.ts';

/** Entry of the serving child of the app: one more writer of the vault, so that no request of a script holds up the window. */
const parent = connectToParent();
const tell = (message: FromServer): void => parent.send(message);
const statusMs = 1_000;

let stop: (() => Promise<void>) | null = null;

parent.onMessage((message) => {
  const request = toServer.parse(message);
  if (request.type === 'start') void start(request.vaultDir, request.port);
  else void (stop?.() ?? Promise.resolve()).then(() => parent.exit(0));
});

async function start(vaultDir: string, port: number): Promise<void> {
  try {
    const vault = openVault(vaultDir, { purpose: 'serve' });
    setDurability(vault.db, readSettings(vault.db).durability);
    const server = await startTrackingServer(vault, { port }).catch((error: unknown) => {
      vault.close();
      throw error;
    });
    let told = '';
    const timer = setInterval(() => {
      const status = server.status();
      const text = JSON.stringify(status);
      if (text !== told) tell({ type: 'status', status });
      told = text;
    }, statusMs);
    stop = async () => {
      clearInterval(timer);
      await server.close();
      vault.close();
    };
    tell({ type: 'listening', url: server.url });
  } catch (error) {
    tell({ type: 'failed', error: toFailure(error) as Failure & { hint?: string } });
    parent.exit(1);
  }
}
