import { trackingToken } from '../store/tracking/token.ts';

const lookAgainMs = 1_000;

/** The vault's token, read again once a second at most: another process may revoke it while the server runs. */
export function vaultTokenInForce(dir: string): () => string {
  let token = trackingToken(dir);
  let readAt = performance.now();
  return () => {
    const now = performance.now();
    if (now - readAt >= lookAgainMs) {
      token = trackingToken(dir);
      readAt = now;
    }
    return token;
  };
}
