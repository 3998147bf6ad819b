import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import codecs from 'dcmjs-codecs';
import { ImageProblem } from './decoded.ts';
import { isTrap } from './trap.ts';

// CommonJS: Node knows its names only through the default export.
const { Context, NativeCodecs } = codecs;

const wasmName = 'dcmjs-native-codecs.wasm';
let ready: Promise<void> | null = null;

/** Loads the codecs (libjpeg, CharLS, OpenJPEG, RLE) from a file on disk: beside the bundle, or in the package from source. */
export function loadCodecs(): Promise<void> {
  ready ??= NativeCodecs.initializeAsync({ webAssemblyModulePathOrUrl: wasmPath() });
  return ready;
}

function wasmPath(): string {
  const beside = fileURLToPath(new URL(wasmName, import.meta.url));
  if (existsSync(beside)) return beside;
  return createRequire(import.meta.url).resolve(`dcmjs-codecs/build/${wasmName}`);
}

export type Frame = {
  width: number;
  height: number;
  samplesPerPixel: number;
  bitsAllocated: number;
  bitsStored: number;
  signed: boolean;
  planar: boolean;
  photometric: string;
};
export type DecodedFrame = Frame & { bytes: Uint8Array };

export type CodecName = 'decodeJpeg' | 'decodeJpegLs' | 'decodeJpeg2000' | 'decodeHtJpeg2000' | 'decodeRle';

/** Decodes one compressed frame, little-endian; call `loadCodecs` before. IMAGE_DAMAGED, without the codec's own text. */
export function decodeFrame(codec: CodecName, encoded: Uint8Array, frame: Frame): DecodedFrame {
  const context = new Context({
    width: frame.width,
    height: frame.height,
    samplesPerPixel: frame.samplesPerPixel,
    bitsAllocated: frame.bitsAllocated,
    bitsStored: frame.bitsStored,
    pixelRepresentation: frame.signed ? 1 : 0,
    planarConfiguration: frame.planar ? 1 : 0,
    photometricInterpretation: frame.photometric,
    // A copy: the codec keeps the whole buffer behind a view.
    encodedBuffer: encoded.slice(),
  });
  try {
    const decoded =
      codec === 'decodeJpeg'
        ? NativeCodecs.decodeJpeg(context, { convertColorspaceToRgb: frame.samplesPerPixel === 3 })
        : NativeCodecs[codec](context);
    const bytes = decoded.getDecodedBuffer();
    if (bytes === undefined) throw new Error('no pixels');
    return {
      ...frame,
      planar: decoded.getPlanarConfiguration() === 1,
      photometric: decoded.getPhotometricInterpretation() ?? frame.photometric,
      bitsAllocated: decoded.getBitsAllocated() ?? frame.bitsAllocated,
      bytes,
    };
  } catch (cause) {
    if (isTrap(cause)) throw cause;
    throw new ImageProblem('IMAGE_DAMAGED', 'is damaged: its compressed data cannot be read');
  }
}
