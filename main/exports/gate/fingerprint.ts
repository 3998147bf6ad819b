import { createHmac } from 'node:crypto';

/**
 * F5: what a report says instead of a content hash, which anyone could confirm by guessing: HMAC-SHA-256 of the hash under
 * the site's secret, first 128 bits, with an id of that secret.
 */
export function gateFingerprint(secret: Buffer, contentHash: string): { hmac: string; keyId: string } {
  const mac = (text: string | Buffer): string => createHmac('sha256', secret).update(text).digest('hex');
  return { hmac: mac(Buffer.from(contentHash, 'hex')).slice(0, 32), keyId: mac('key id').slice(0, 8) };
}
