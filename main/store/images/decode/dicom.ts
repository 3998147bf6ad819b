import dcmjs from 'dcmjs';
import { checkSize, type Decoded, type DicomFacts, ImageProblem } from './decoded.ts';
import { type Attributes, attributesOf } from './dicom-attributes.ts';
import { pixelBytes } from './dicom-pixels.ts';
import { present } from './dicom-present.ts';
import { readSamples } from './dicom-samples.ts';

dcmjs.log.setLevel('silent');

/** A DICOM file with one frame, as a person would see it: rescaled, windowed to 8 bits, dark as zero. */
export async function decodeDicom(bytes: Uint8Array): Promise<Decoded> {
  const { attributes, syntax } = parse(bytes);
  const width = attributes.number('00280011');
  const height = attributes.number('00280010');
  if (width === null || height === null)
    throw new ImageProblem('IMAGE_UNSUPPORTED', 'is a DICOM file without an image');
  checkSize(width, height);
  const frames = attributes.number('00280008') ?? 1;
  if (frames > 1) throw new ImageProblem('MULTI_FRAME', `holds ${frames} frames; export each as a file of its own`);
  const pixels = await pixelBytes(bytes, attributes, syntax, { width, height });
  const shown = present(readSamples(pixels), attributes, pixels);
  return {
    format: 'dicom',
    width,
    height,
    channels: shown.channels,
    bits: pixels.bitsStored,
    samples: shown.samples,
    stored: shown.palette ? 'palette' : 'plain',
    dicom: factsOf(attributes),
  };
}

function parse(bytes: Uint8Array): { attributes: Attributes; syntax: string } {
  try {
    const file = dcmjs.data.DicomMessage.readFile(bytes.slice().buffer, { ignoreErrors: false });
    const syntax = file.meta['00020010']?.Value?.[0];
    return {
      attributes: attributesOf(file.dict),
      syntax: typeof syntax === 'string' ? syntax.replace(/\0+$/, '') : '1.2.840.10008.1.2',
    };
  } catch {
    throw new ImageProblem('IMAGE_DAMAGED', 'is damaged or cut off: its DICOM attributes cannot be read');
  }
}

function factsOf(attributes: Attributes): DicomFacts {
  return {
    patientId: attributes.text('00100020'),
    modality: attributes.text('00080060'),
    sex: attributes.text('00100040'),
    age: attributes.text('00101010'),
    bodyPart: attributes.text('00180015'),
    view: attributes.text('00185101'),
    laterality: attributes.text('00200062') ?? attributes.text('00200060'),
    burnedInText: burnedIn(attributes),
  };
}

/** Secondary capture and ultrasound: images that often show the patient's name. */
const oftenText = /^1\.2\.840\.10008\.5\.1\.4\.1\.1\.(?:7(?:\..*)?|6\.\d+|3\.\d+)$/;

function burnedIn(attributes: Attributes): DicomFacts['burnedInText'] {
  const said = attributes.text('00280301')?.toUpperCase();
  if (said === 'YES') return 'yes';
  if (said === 'NO') return 'no';
  const often =
    oftenText.test(attributes.text('00080016') ?? '') ||
    ['US', 'IVUS', 'SC', 'OT'].includes(attributes.text('00080060') ?? '');
  return often ? 'unsaid' : 'unlikely';
}
