import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../../../../shared/errors.ts';
import type { StoredModel } from '../../recipe.ts';
import { withBlocks } from './blocks.ts';
import { buildNodes } from './build-nodes.ts';
import { cutHead } from './cut-head.ts';
import { layerNode } from './node.ts';
import { graphModel, refuseOtherFormats } from './other-formats.ts';
import { type RawNetwork, readTopology } from './read-topology.ts';
import { type NamedWeight, readWeights, weightsManifest } from './read-weights.ts';

/** A network as a model folder describes it. */
export type FolderNetwork = RawNetwork & { weights: NamedWeight[] };

const modelFile = z.looseObject({
  format: z.string().optional(),
  modelTopology: z.unknown(),
  weightsManifest: weightsManifest.optional(),
});

/**
 * Reads a folder with a layers model of TensorFlow.js, as its converter makes it of a Keras file and `tf.LayersModel.save` writes
 * it. KIND_UNSUPPORTED for another format, saying how to convert it, and for a network that is none for square grey or colour
 * images; MODEL_DAMAGED, FILE_NOT_FOUND.
 */
export function readModelFolder(folder: string): FolderNetwork {
  refuseOtherFormats(folder);
  let file: z.infer<typeof modelFile>;
  try {
    file = modelFile.parse(JSON.parse(readFileSync(join(folder, 'model.json'), 'utf8')));
  } catch (cause) {
    throw new AppError('MODEL_DAMAGED', 'The model.json of the model folder cannot be read.', undefined, { cause });
  }
  if (file.format === 'graph-model') throw graphModel();
  const network = readTopology(file.modelTopology);
  const { height, width, channels } = network;
  if (height !== width) {
    throw new AppError(
      'KIND_UNSUPPORTED',
      `The network in the model folder takes images of ${width ?? 'any'} × ${height ?? 'any'} pixels; images become squares here.`,
    );
  }
  if (channels !== 1 && channels !== 3) {
    throw new AppError(
      'KIND_UNSUPPORTED',
      `The network in the model folder takes images of ${channels} channels; images have 1 (grey) or 3 (colour).`,
    );
  }
  return { ...network, weights: readWeights(folder, file.weightsManifest ?? []) };
}

/** A network without its head, as the model that a fit starts from. */
export const headless = z.strictObject({
  kind: z.literal('headless'),
  /** SHA-256 of the folder that it came from. */
  origin: z.string(),
  side: z.int().positive(),
  channels: z.int().positive(),
  nodes: z.array(layerNode).min(1),
});
export type Headless = z.infer<typeof headless>;

/** The network of a folder for images of `side`, without what tells its own classes apart. KIND_UNSUPPORTED names the layer that cannot be computed. */
export function headlessOf(network: FolderNetwork, side: number, origin: string): StoredModel {
  const built = cutHead(buildNodes(network.layers, network.weights, [side, side, network.channels]));
  const nodes = withBlocks(built.map(({ node }) => node));
  const document: Headless = { kind: 'headless', origin, side, channels: network.channels, nodes };
  return { document, weights: valuesOf(built) };
}

/** Parameters, then statistics, each in the order of the layers. */
export function valuesOf(built: ReturnType<typeof buildNodes>): Uint8Array {
  const all = built.flatMap(({ node, values }) => values.map((of, i) => ({ of, role: node.weights[i]!.role })));
  const followed = (role: string): boolean => role === 'mean' || role === 'variance';
  const ordered = [...all.filter(({ role }) => !followed(role)), ...all.filter(({ role }) => followed(role))];
  return new Uint8Array(Buffer.concat(ordered.map(({ of }) => Buffer.from(of.buffer, of.byteOffset, of.byteLength))));
}
