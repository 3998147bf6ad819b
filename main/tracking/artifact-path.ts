import { Refusal } from './refusal.ts';

const longestPath = 4_096;
const longestSegment = 255;
const reservedOnWindows = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * A name that MLflow 2 gives to logged images: its `%` separates parts, and a time of `170…` or an id may look like an encoded
 * character. Nothing decodes it again.
 */
const imageName =
  /^[^%]+%step%\d+%timestamp%\d+%[\da-z][\da-f]{7}(-[\da-f]{4}){3}-[\da-f]{12}(%compressed)?\.(png|webp)$/;

/** Segments of a path as it stands in a request's target, decoded once. Throws Refusal `path`. */
export function decodeArtifactPath(raw: string): string[] {
  let path: string;
  try {
    path = decodeURIComponent(raw);
  } catch {
    throw refused();
  }
  return artifactSegments(path);
}

/**
 * Segments of a decoded path (PRIVACY V6). Throws Refusal `path` for what could lead elsewhere: `..`, empty and absolute
 * segments, backslashes, drive letters, control characters, and whatever is still encoded.
 */
export function artifactSegments(path: string, onWindows = process.platform === 'win32'): string[] {
  if (path.length > longestPath || !path.isWellFormed() || /[\p{Cc}\\]/u.test(path)) throw refused();
  const segments = path.split('/');
  for (const segment of segments) {
    const leads = segment === '' || segment === '.' || segment === '..' || /^[a-z]:/i.test(segment);
    const encoded = /%[\da-f]{2}/i.test(segment) && !imageName.test(segment);
    if (leads || encoded || Buffer.byteLength(segment) > longestSegment) throw refused();
    if (onWindows && (/[<>:"|?*]|[. ]$/.test(segment) || reservedOnWindows.test(segment))) throw refused();
  }
  return segments;
}

/** As `artifactSegments` for a folder: an empty text is the root, and one slash at the end is passed over. */
export function folderSegments(path: string): string[] {
  return path === '' ? [] : artifactSegments(path.replace(/\/$/, ''));
}

/** Clients match these two words. */
export function refused(): Refusal {
  return new Refusal('path', 400, 'Invalid path');
}
