import type { StepRecord } from '../../../shared/model/step-record.ts';
import { safePath } from '../safe-name.ts';
import { histogramOf, histogramOfTensor, prCurveOf } from './distributions.ts';
import { takeHParams } from './hparams.ts';
import type { SummaryMetadata, SummaryValue, TensorProto } from './messages.ts';
import type { RunState } from './run-state.ts';
import { numbersOf, shapeOf, stringsOf } from './tensor.ts';

const longestTag = 250;
/** More text than this of one step is cut: nobody reads it on a screen. */
const longestText = 1 << 20;

/** Takes one value of a summary into the run, or notes why not. */
export function takeValue(
  run: RunState,
  value: SummaryValue,
  metadata: SummaryMetadata,
  step: number,
  time: number,
): void {
  const { tag = '', tensor } = value;
  const plugin = metadata.plugin_data?.plugin_name ?? '';
  if (plugin === 'hparams') {
    takeHParams(run, value.metadata?.plugin_data?.content);
    return;
  }
  if (tag === '' || tag.length > longestTag) {
    run.skipped.add(`tags of no or more than ${longestTag} characters`);
    return;
  }
  if (value.simple_value !== undefined) run.series.add(tag, step, value.simple_value, time);
  else if (value.histo !== undefined)
    addRecord(run, { kind: 'histogram', key: tag, step, time, data: histogramOf(value.histo) });
  else if (value.image?.encoded !== undefined) addImages(run, tag, step, time, [value.image.encoded]);
  else if (tensor !== undefined) takeTensor(run, tag, plugin, tensor, step, time);
  else run.skipped.add(`${tag}: neither a scalar, histogram, image, text nor PR curve`);
}

function takeTensor(run: RunState, tag: string, plugin: string, tensor: TensorProto, step: number, time: number): void {
  const unreadable = (): void => void run.skipped.add(`${tag}: a tensor that is not as the plugin ${plugin} writes it`);
  if (plugin === 'scalars') {
    const numbers = numbersOf(tensor);
    if (numbers?.length === 1) run.series.add(tag, step, numbers[0]!, time);
    else unreadable();
  } else if (plugin === 'histograms') {
    const data = histogramOfTensor(tensor);
    if (data === null) unreadable();
    else addRecord(run, { kind: 'histogram', key: tag, step, time, data });
  } else if (plugin === 'pr_curves') {
    const data = prCurveOf(tensor);
    if (data === null) unreadable();
    else addRecord(run, { kind: 'pr-curve', key: tag, step, time, data });
  } else if (plugin === 'images') addImages(run, tag, step, time, stringsOf(tensor).slice(2));
  else if (plugin === 'text') {
    const texts = stringsOf(tensor).map((bytes) => Buffer.from(bytes).toString('utf8').slice(0, longestText));
    addRecord(run, { kind: 'text', key: tag, step, time, data: { shape: shapeOf(tensor), texts } });
  } else run.skipped.add(`${tag}: values of the plugin ${plugin === '' ? '(none)' : plugin.slice(0, 100)}`);
}

function addRecord(run: RunState, record: StepRecord): void {
  run.records.push(record);
}

function addImages(run: RunState, tag: string, step: number, time: number, encoded: Uint8Array[]): void {
  const files = encoded
    .map((bytes, index) => {
      const number = encoded.length === 1 ? '' : `-${index + 1}`;
      return { path: `images/${safePath(tag)}/step-${step}${number}.${extensionOf(bytes)}`, bytes };
    })
    .filter(({ bytes }) => bytes.length > 0);
  if (files.length === 0) return;
  const record: StepRecord = { kind: 'image', key: tag, step, time, data: { paths: files.map((file) => file.path) } };
  addRecord(run, record);
  run.images.set(record, files);
}

/** By the first bytes: TensorFlow writes PNG, others also JPEG and GIF. */
function extensionOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return 'jpg';
  if (bytes[0] === 0x47 && bytes[1] === 0x49) return 'gif';
  return bytes[0] === 0x52 && bytes[1] === 0x49 ? 'webp' : 'png';
}
