import type { TrackingFacts } from '../../../shared/contract/tracking.ts';
import type { ServeProcess } from '../../tracking/serve-process.ts';
import type { VaultClient } from '../../workers/client.ts';
import type { MainCalls } from '../register.ts';

type TrackingCalls = Pick<MainCalls, 'tracking.facts' | 'tracking.switch' | 'tracking.revoke'>;

/** The tracking server's switch in Settings: the setting is kept, so that it serves again at the next start. */
export function trackingCalls(server: ServeProcess, client: VaultClient): TrackingCalls {
  const facts = async (): Promise<TrackingFacts> => {
    const { trackingServer } = await client.call('settings.get', {});
    return { on: trackingServer, ...server.facts() };
  };
  return {
    'tracking.facts': facts,
    async 'tracking.switch'({ on }) {
      const { trackingPort } = await client.call('settings.set', { trackingServer: on });
      await (on ? server.start(trackingPort) : server.stop());
      return facts();
    },
    'tracking.revoke'() {
      server.revoke();
      return facts();
    },
  };
}

/** At the start of the app: serves when it was left on. */
export async function serveIfOn(server: ServeProcess, client: VaultClient): Promise<void> {
  const { trackingServer, trackingPort } = await client.call('settings.get', {});
  if (trackingServer) await server.start(trackingPort);
}
