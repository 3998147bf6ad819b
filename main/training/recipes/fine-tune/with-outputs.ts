import { type Architecture, isLayered } from '../cnn/network/architecture.ts';

/** The same network with a head of another width. */
export function withOutputs(net: Architecture, outputs: number): Architecture {
  if (!isLayered(net)) return { ...net, outputs };
  const head = net.nodes.at(-1)!;
  const weights = head.weights.map((part) => ({ ...part, shape: [...part.shape.slice(0, -1), outputs] }));
  const settings = { ...head.settings, units: outputs };
  return { ...net, outputs, nodes: [...net.nodes.slice(0, -1), { ...head, settings, weights, shape: [outputs] }] };
}
