import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { z } from 'zod';
import type { SigningKey } from '../store/keys.ts';

export const payloadType = 'application/vnd.in-toto+json';

export const envelope = z.strictObject({
  payloadType: z.literal(payloadType),
  payload: z.base64(),
  signatures: z.array(z.strictObject({ keyid: z.string().regex(/^[0-9a-f]{16}$/), sig: z.base64() })).length(1),
});
export type Envelope = z.infer<typeof envelope>;

/** DSSE v1 pre-authentication encoding: the exact bytes that are signed. */
function preAuthentication(payload: Buffer): Buffer {
  return Buffer.concat([
    Buffer.from(`DSSEv1 ${Buffer.byteLength(payloadType)} ${payloadType} ${payload.length} `),
    payload,
  ]);
}

/** Signs a payload with the site's Ed25519 key (X13). */
export function signPayload(payload: string, key: SigningKey): Envelope {
  const bytes = Buffer.from(payload);
  const signature = sign(null, preAuthentication(bytes), key.privateKey);
  return {
    payloadType,
    payload: bytes.toString('base64'),
    signatures: [{ keyid: key.keyId, sig: signature.toString('base64') }],
  };
}

export function verifyEnvelope(signed: Envelope, publicKey: KeyObject): boolean {
  const payload = Buffer.from(signed.payload, 'base64');
  return verify(null, preAuthentication(payload), publicKey, Buffer.from(signed.signatures[0]!.sig, 'base64'));
}

export const serialise = (signed: Envelope): string => `${JSON.stringify(signed, null, 2)}\n`;

/** An Ed25519 public key from PEM, or null. */
export function readPublicKey(pem: string): KeyObject | null {
  try {
    const key = createPublicKey(pem);
    return key.asymmetricKeyType === 'ed25519' ? key : null;
  } catch {
    return null;
  }
}
