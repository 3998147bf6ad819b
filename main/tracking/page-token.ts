import { invalid } from './mlflow-error.ts';

/** A place in a list as an opaque token; `kind` keeps one list's tokens from another. */
export const writeToken = (place: number, kind: string): string =>
  Buffer.from(JSON.stringify([kind, place])).toString('base64url');

/** 0 without a token. Throws INVALID_PARAMETER_VALUE for a token that is none of this kind. */
export function readToken(token: string | undefined, kind: string): number {
  if (token === undefined || token === '') return 0;
  try {
    const [known, place] = JSON.parse(Buffer.from(token, 'base64url').toString('utf8')) as unknown[];
    if (known === kind && typeof place === 'number' && Number.isSafeInteger(place) && place >= 0) return place;
  } catch {
    // Told below.
  }
  throw invalid("Invalid value for parameter 'page_token' supplied: start again without one.");
}
