import { layoutOfLayers } from '../layers/layout-of-layers.ts';
import { type Architecture, isLayered, type Residual } from './architecture.ts';
import type { Layout, Part, Role } from './part.ts';

/** A convolution with batch normalisation, by the prefix of its parts. */
export type Unit = { name: string; block: number; side: number; from: number; to: number; stride: number };

/** Every convolution of the network, in order; a block's shortcut has one where its shape changes. */
export function unitsOf({ channels, widths, stemStride }: Residual): Unit[] {
  const units: Unit[] = [{ name: 'stem', block: 0, side: 3, from: channels, to: widths[0]!, stride: stemStride }];
  widths.forEach((to, i) => {
    const from = widths[Math.max(0, i - 1)]!;
    const stride = i === 0 ? 1 : 2;
    const block = i + 1;
    units.push({ name: `block-${block}/first`, block, side: 3, from, to, stride });
    units.push({ name: `block-${block}/second`, block, side: 3, from: to, to, stride: 1 });
    if (stride !== 1 || from !== to) units.push({ name: `block-${block}/shortcut`, block, side: 1, from, to, stride });
  });
  return units;
}

export function layoutOf(net: Architecture): Layout {
  if (isLayered(net)) return layoutOfLayers(net.nodes);
  const parameters: Part[] = [];
  const statistics: Part[] = [];
  const add = (to: Part[], name: string, block: number, role: Role, shape: number[]): void => {
    const last = to.at(-1);
    const size = shape.reduce((a, b) => a * b, 1);
    to.push({ name: `${name}/${role}`, block, role, shape, offset: last ? last.offset + last.size : 0, size });
  };
  for (const { name, block, side, from, to } of unitsOf(net)) {
    add(parameters, name, block, 'filter', [side, side, from, to]);
    add(parameters, name, block, 'scale', [to]);
    add(parameters, name, block, 'shift', [to]);
    add(statistics, name, block, 'mean', [to]);
    add(statistics, name, block, 'variance', [to]);
  }
  const head = net.widths.length + 1;
  add(parameters, 'head', head, 'weight', [net.widths.at(-1)!, net.outputs]);
  add(parameters, 'head', head, 'bias', [net.outputs]);
  return {
    parameters,
    parameterCount: total(parameters),
    statistics,
    statisticCount: total(statistics),
    blocks: head + 1,
  };
}

const total = (parts: Part[]): number => parts.reduce((sum, { size }) => sum + size, 0);
