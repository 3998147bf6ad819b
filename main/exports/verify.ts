import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import type { Verification } from '../../shared/model/report.ts';
import { keyIdOf } from '../store/keys.ts';
import { digestOfFiles, sha256 } from './digest.ts';
import { serialiseStatement, statement } from './manifest.ts';
import { envelope, readPublicKey, serialise, verifyEnvelope } from './sign.ts';

const manifestName = 'manifest.json';

/**
 * Checks a report offline (X14). `path` is its folder, one of its files, or a folder of reports, which are then all checked.
 * Valid: every file is there, byte for byte as signed by the key inside. Trusted: that key is the one in `trustedKey` (PEM),
 * handed over by another way. Throws FILE_NOT_FOUND, or INPUT_INVALID for a key that is not an Ed25519 public key.
 */
export function verifyReport(path: string, trustedKey: string | null): Verification {
  if (!existsSync(path)) throw new AppError('FILE_NOT_FOUND', `There is no file or folder ${path}.`);
  const trusted = trustedKey === null ? null : readPublicKey(trustedKey);
  if (trustedKey !== null && trusted === null) {
    throw new AppError('INPUT_INVALID', 'The given key is not an Ed25519 public key in PEM form.');
  }
  const folder = statSync(path).isDirectory() ? path : dirname(path);
  const folders = existsSync(join(folder, manifestName)) ? [folder] : reportsIn(folder);
  if (folders.length === 0) return invalid('there is no manifest.json beside the report');
  const results = folders.map((report) => verifyFolder(report, trusted === null ? null : keyIdOf(trusted)));
  const bad = results.find((result) => !result.valid);
  if (bad !== undefined) return bad;
  const trustedAll = results.every((result) => result.trusted);
  const untrusted = results.find((result) => !result.trusted);
  return { ...(untrusted ?? results[0]!), trusted: trustedAll };
}

function reportsIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.startsWith('export-') && existsSync(join(folder, name, manifestName)))
    .map((name) => join(folder, name));
}

function verifyFolder(folder: string, trustedId: string | null): Verification {
  const text = readFileSync(join(folder, manifestName), 'utf8');
  const signed = envelope.safeParse(parse(text));
  // One spelling only: a byte added anywhere in the manifest shows.
  if (!signed.success || serialise(signed.data) !== text) return invalid('the manifest is not one that Wardbook wrote');
  const payload = Buffer.from(signed.data.payload, 'base64').toString('utf8');
  const stated = statement.safeParse(parse(payload));
  if (!stated.success || serialiseStatement(stated.data) !== payload)
    return invalid('the manifest is not one that Wardbook wrote');
  const { subject, predicate } = stated.data;
  const key = readPublicKey(predicate.key.publicKey);
  if (key === null || keyIdOf(key) !== signed.data.signatures[0]!.keyid)
    return invalid('the key in the manifest is damaged');
  if (!verifyEnvelope(signed.data, key)) return invalid('the signature does not belong to the manifest');
  const signedBy = keyIdOf(key);
  for (const { name, digest } of subject) {
    const file = join(folder, name);
    if (!existsSync(file)) return invalid(`${name} is missing`, signedBy);
    if (sha256(readFileSync(file)) !== digest.sha256)
      return invalid(`${name} was changed after it was signed`, signedBy);
  }
  const named = subject.map(({ name, digest }) => ({ name, sha256: digest.sha256 }));
  if (digestOfFiles(named) !== predicate.digest) return invalid('the manifest contradicts itself', signedBy);
  const trusted = trustedId === signedBy;
  return { valid: true, trusted, signedBy, reason: reasonOf(trusted, trustedId, signedBy) };
}

function reasonOf(trusted: boolean, trustedId: string | null, signedBy: string): string {
  if (trusted) return `intact, and signed by the key that was given (${signedBy})`;
  if (trustedId === null)
    return `intact, and signed by the key inside (${signedBy}); compare it with the site's public key`;
  return `intact, but signed by ${signedBy}, not by the key that was given (${trustedId})`;
}

const invalid = (reason: string, signedBy: string | null = null): Verification => ({
  valid: false,
  trusted: false,
  signedBy,
  reason,
});

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
