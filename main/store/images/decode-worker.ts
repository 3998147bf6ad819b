import { createHash } from 'node:crypto';
import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { deflateSync } from 'node:zlib';
import { decodeImage, LARGEST_FILE } from './decode/decode-image.ts';
import { type Decoded, ImageProblem } from './decode/decoded.ts';
import { isTrap } from './decode/trap.ts';
import type { DecodeAnswer, DecodeJob, Inspected } from './decode-jobs.ts';
import { eightBits, largestSample, toGrey, whiteOf } from './eight-bits.ts';
import { greyCopy, imageHash } from './image-hash.ts';
import { fitWithin, type Picture } from './resample.ts';
import { squareOf } from './square.ts';

/** Entry of the decoding threads: parses untrusted files away from everything else [PRIVACY E21]. */
const THUMBNAIL_SIDE = 128;

parentPort?.on('message', (job: DecodeJob) => void answer(job));

async function answer(job: DecodeJob): Promise<void> {
  try {
    if (job.kind === 'inspect') {
      const image = await inspect(job.path);
      reply({ kind: 'inspected', image }, [image.original.buffer as ArrayBuffer]);
    } else {
      const samples = await squares(job);
      reply({ kind: 'squares', samples }, [samples.buffer as ArrayBuffer]);
    }
  } catch (error) {
    if (error instanceof ImageProblem) reply({ kind: 'problem', code: error.code, reason: error.reason });
    else if (isTrap(error)) reply({ kind: 'trapped' });
    // Our own mistake: let the thread fail loudly.
    else throw error;
  }
}

function reply(message: DecodeAnswer, moved: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, moved);
}

async function inspect(path: string): Promise<Inspected> {
  const original = readOriginal(path);
  const decoded = await decodeImage(original);
  const { format, width, height, channels, bits, stored, dicom } = decoded;
  const largest = largestSample(decoded);
  const picture = eightBitPicture(decoded, whiteOf(largest));
  const copy = greyCopy({
    ...picture,
    channels: 1,
    samples: channels === 1 ? picture.samples : toGrey(picture.samples),
  });
  const small = fitWithin(picture, THUMBNAIL_SIDE);
  return {
    original,
    sha256: createHash('sha256').update(original).digest(),
    format,
    width,
    height,
    channels,
    bits,
    largest,
    stored,
    dicom,
    copy,
    hash: imageHash(copy),
    thumbnail: { width: small.width, height: small.height, deflated: deflateSync(small.samples, { level: 6 }) },
  };
}

function eightBitPicture(decoded: Decoded, white: number): Picture {
  const { width, height, channels } = decoded;
  return { width, height, channels, samples: eightBits(decoded, white) };
}

/** The whole file in a buffer of its own, which can be moved to another thread. */
function readOriginal(path: string): Uint8Array {
  try {
    if (statSync(path).size > LARGEST_FILE)
      throw new ImageProblem('IMAGE_TOO_LARGE', `is larger than ${LARGEST_FILE / 2 ** 20} MiB`);
    return Uint8Array.from(readFileSync(path));
  } catch (cause) {
    if (cause instanceof ImageProblem) throw cause;
    const { code } = cause as NodeJS.ErrnoException;
    throw code === 'ENOENT'
      ? new ImageProblem('FILE_MISSING', 'is not there any more')
      : new ImageProblem('FILE_UNREADABLE', 'cannot be read; check that you may open it');
  }
}

async function squares(job: Extract<DecodeJob, { kind: 'squares' }>): Promise<Uint8Array> {
  const { places, size, channels, white } = job;
  const count = places.length / 2;
  const each = size * size * channels;
  const out = new Uint8Array(count * each);
  const file = openSync(job.pack, 'r');
  try {
    for (let at = 0; at < count; at++) {
      const bytes = new Uint8Array(places[at * 2 + 1]!);
      readSync(file, bytes, 0, bytes.length, places[at * 2]!);
      out.set(squareOf(await decodeImage(bytes), white, size, channels), at * each);
    }
  } finally {
    closeSync(file);
  }
  return out;
}
