type KeyPattern = { pattern: RegExp; shown: string | ((match: string, ...groups: string[]) => string) };

const masked = '[masked: key]';

/** Names, passwords and tokens within addresses: of package indexes, conda channels, remotes. */
export const addressPatterns: KeyPattern[] = [
  {
    pattern: /([a-z][a-z0-9+.-]*:\/\/[^\s/:@]{0,200}):[^\s/@]{1,200}@/gi,
    shown: (_all, before) => `${before}:${masked}@`,
  },
  { pattern: /(https?:\/\/)[^\s/:@'"]{4,200}@/gi, shown: (_all, before) => `${before}${masked}@` },
  // A token of a conda channel: `/t/ab-` and a UUID.
  {
    pattern: /(https?:\/\/[^\s/]{1,200}\/t\/)[a-z]{2}-[0-9a-f]{8}-[0-9a-f-]{20,}/gi,
    shown: (_all, before) => `${before}${masked}`,
  },
];

/** Strings shaped like a key or a password, whatever they are used for; what is known of each shape stays readable. */
export const keyPatterns: KeyPattern[] = [
  // Keys that say whose they are.
  { pattern: /\b(AKIA|ASIA|AGPA|AIDA|AROA)[A-Z0-9]{16}\b/g, shown: masked },
  { pattern: /\bgh[pousr]_[A-Za-z0-9]{30,}/g, shown: masked },
  { pattern: /\bgithub_pat_\w{30,}/g, shown: masked },
  { pattern: /\bglpat-[\w-]{18,}/g, shown: masked },
  { pattern: /\bhf_[A-Za-z0-9]{20,}/g, shown: masked },
  { pattern: /\bsk-[\w-]{20,}/g, shown: masked },
  { pattern: /\bpypi-[\w-]{20,}/g, shown: masked },
  { pattern: /\bnpm_[A-Za-z0-9]{30,}/g, shown: masked },
  { pattern: /\bxox[abeoprs]-[\w-]{10,}/g, shown: masked },
  { pattern: /\bAIza[\w-]{30,}/g, shown: masked },
  // Three parts of a signed web token.
  { pattern: /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}/g, shown: masked },
  { pattern: /\b(Bearer|Basic) +[\w.~+/=-]{12,}/gi, shown: (_all, scheme) => `${scheme} ${masked}` },
  ...addressPatterns,
  // Something that calls itself a password, whatever its value looks like.
  {
    pattern:
      /((?:api|access|auth|secret|private|account|encryption|client)[_-]?(?:key|token|secret)|passw(?:or)?d|passphrase|pwd|secret|token)(["']?\s*[:=]\s*["']?)([^\s"',;&]{4,})/gi,
    // A count of tokens is a number.
    shown: (all, name, between, value = '') => (/^[\d.,%]+$/.test(value) ? all : `${name}${between}${masked}`),
  },
  // Long and of all kinds of characters: nothing that a person writes. Hashes in hexadecimal stay.
  {
    pattern: /(?<![\w/+=-])[A-Za-z0-9_+=-]{32,}(?![\w/+=-])/g,
    shown: (token) => (looksRandom(token) ? masked : token),
  },
];

/** Upper and lower case and at least three digits, changing kind often, as random text does and names do not. */
function looksRandom(token: string): boolean {
  if (/^[0-9a-f-]+$/i.test(token)) return false;
  const kinds = [...token].map((c) => (/\d/.test(c) ? 'd' : /[A-Z]/.test(c) ? 'u' : /[a-z]/.test(c) ? 'l' : 's'));
  const count = (kind: string) => kinds.filter((one) => one === kind).length;
  const changes = kinds.filter((kind, i) => i > 0 && kind !== kinds[i - 1]).length;
  return count('d') >= 3 && count('u') >= 3 && count('l') >= 3 && changes >= token.length / 3;
}
