import type { Tensors } from '../../../engines/engine.ts';
import { LayersNet } from '../layers/layers-net.ts';
import { type Architecture, isLayered } from './architecture.ts';
import type { Network } from './network.ts';
import { ResidualNet } from './residual-net.ts';

export const openNetwork = (tf: Tensors, net: Architecture): Network =>
  isLayered(net) ? new LayersNet(tf, net) : new ResidualNet(tf, net);
