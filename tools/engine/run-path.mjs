import { closeSync, openSync, readSync, writeSync } from 'node:fs';

// Constants of the ELF format (System V gABI).
const SHT_DYNAMIC = 6;
const DT_RPATH = 15;
const DT_RUNPATH = 29;
/** The wheel with CUDA has a run path of some thousand characters. */
const LONGEST = 65_536;

/**
 * Makes the folder of a 64-bit little-endian ELF library the only one where it looks for others: its run path, where it has
 * one, is overwritten in place with `$ORIGIN`.
 */
export function setRunPath(file) {
  const handle = openSync(file, 'r+');
  try {
    const read = (offset, length) => {
      const bytes = Buffer.alloc(length);
      readSync(handle, bytes, 0, length, offset);
      return bytes;
    };
    const header = read(0, 64);
    if (header.toString('latin1', 0, 4) !== '\x7fELF' || header[4] !== 2 || header[5] !== 1)
      throw new Error(`${file} is no 64-bit little-endian ELF file.`);
    const sections = readSections(header, read);
    const dynamic = sections.find(({ type }) => type === SHT_DYNAMIC);
    const strings = sections[dynamic.link];
    const entries = read(dynamic.offset, dynamic.size);
    for (let at = 0; at < entries.length; at += 16) {
      const tag = Number(entries.readBigInt64LE(at));
      if (tag !== DT_RPATH && tag !== DT_RUNPATH) continue;
      const start = strings.offset + Number(entries.readBigUInt64LE(at + 8));
      const length = read(start, LONGEST).indexOf(0);
      const path = Buffer.alloc(length);
      path.write('$ORIGIN');
      if (length >= '$ORIGIN'.length) writeSync(handle, path, 0, length, start);
    }
  } finally {
    closeSync(handle);
  }
}

function readSections(header, read) {
  const offset = Number(header.readBigUInt64LE(40));
  const size = header.readUInt16LE(58);
  const count = header.readUInt16LE(60);
  return Array.from({ length: count }, (_, i) => {
    const section = read(offset + i * size, size);
    return {
      type: section.readUInt32LE(4),
      offset: Number(section.readBigUInt64LE(24)),
      size: Number(section.readBigUInt64LE(32)),
      link: section.readUInt32LE(40),
    };
  });
}
