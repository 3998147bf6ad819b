import { isUtf8 } from 'node:buffer';
import { AppError } from '../../shared/errors.ts';

/** As the version's record names them. `windows-1252` is Latin-1 with the printable characters Windows adds. */
export type Encoding = 'UTF-8' | 'UTF-16LE' | 'UTF-16BE' | 'windows-1252';

/** Decides the encoding from a file's bytes as they pass by, without keeping them. */
export type EncodingWatch = {
  add(bytes: Uint8Array): void;
  /** `whole`: the bytes were the file to its end, so a character cut off there is none. FILE_BINARY when these were no text. */
  decide(whole: boolean): Encoding;
};

export function watchEncoding(fileName: string): EncodingWatch {
  let start: Buffer | null = null;
  let utf8 = true;
  let nul = false;
  let carried: Uint8Array = new Uint8Array(0);
  return {
    add(bytes) {
      start ??= Buffer.from(bytes.subarray(0, 65_536));
      if (!nul && bytes.includes(0)) nul = true;
      if (!utf8) return;
      const whole = carried.length === 0 ? bytes : Buffer.concat([carried, bytes]);
      const cut = lastWholeCharacter(whole);
      utf8 = isUtf8(whole.subarray(0, cut));
      carried = Uint8Array.from(whole.subarray(cut));
    },
    decide(whole) {
      const head = start ?? Buffer.alloc(0);
      refuseKnownBinary(head, fileName);
      if (head[0] === 0xff && head[1] === 0xfe) return 'UTF-16LE';
      if (head[0] === 0xfe && head[1] === 0xff) return 'UTF-16BE';
      if (nul) {
        const wide = wideOrder(head);
        if (wide === null) throw binary(fileName, 'it holds NUL bytes');
        return wide;
      }
      if (controlShare(head) > 0.02) throw binary(fileName, 'it holds control characters');
      return utf8 && (!whole || carried.length === 0) ? 'UTF-8' : 'windows-1252';
    },
  };
}

/** Index after the last byte that ends a UTF-8 character, at most three before the end. */
function lastWholeCharacter(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) return bytes.length;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return length > back ? bytes.length - back : bytes.length;
    }
  }
  return bytes.length;
}

/** UTF-16 without a byte order mark: in text with many ASCII characters every second byte is zero. */
function wideOrder(head: Buffer): 'UTF-16LE' | 'UTF-16BE' | null {
  const pairs = head.length >> 1;
  if (pairs === 0) return null;
  let even = 0;
  let odd = 0;
  for (let i = 0; i < pairs * 2; i += 2) {
    if (head[i] === 0) even += 1;
    if (head[i + 1] === 0) odd += 1;
  }
  if (odd / pairs > 0.5 && even / pairs < 0.05) return 'UTF-16LE';
  if (even / pairs > 0.5 && odd / pairs < 0.05) return 'UTF-16BE';
  return null;
}

function controlShare(head: Buffer): number {
  let control = 0;
  for (const byte of head) if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 12) control += 1;
  return head.length === 0 ? 0 : control / head.length;
}

const signatures: { bytes: string; what: string; next: string }[] = [
  {
    bytes: '504b0304',
    what: 'a zip archive or an Excel workbook',
    next: 'Save the sheet as CSV and import that file.',
  },
  { bytes: 'd0cf11e0', what: 'an old Excel workbook', next: 'Save the sheet as CSV and import that file.' },
  { bytes: '1f8b', what: 'compressed with gzip', next: 'Unpack it first.' },
  { bytes: '25504446', what: 'a PDF document', next: 'Choose a CSV or TSV file.' },
  { bytes: '89504e47', what: 'a PNG image', next: 'Choose a CSV or TSV file.' },
  { bytes: 'ffd8ff', what: 'a JPEG image', next: 'Choose a CSV or TSV file.' },
  { bytes: '53514c69746520', what: 'an SQLite database', next: 'Export the table as CSV first.' },
  { bytes: '50415231', what: 'a Parquet file', next: 'Export the table as CSV first.' },
];

function refuseKnownBinary(head: Buffer, fileName: string): void {
  const hex = head.subarray(0, 8).toString('hex');
  const known = signatures.find((signature) => hex.startsWith(signature.bytes));
  if (known !== undefined) {
    throw new AppError(
      'FILE_BINARY',
      `"${fileName}" is ${known.what}, not a text table. Nothing was imported.`,
      known.next,
    );
  }
}

function binary(fileName: string, why: string): AppError {
  return new AppError(
    'FILE_BINARY',
    `"${fileName}" is not a text table: ${why}. Nothing was imported.`,
    'Choose a CSV or TSV file; export a workbook or database as CSV first.',
  );
}
