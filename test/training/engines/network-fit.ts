import { expect } from 'vitest';

/** What fit-network.ts prints. */
export type NetworkFit = {
  losses: number[];
  probabilities: number[];
  hash: string;
  /** What the engine held after each epoch, with one number that the script itself keeps there. */
  held: { tensors: number; bytes: number }[];
  left: number;
};

/** Losses and probabilities agree, what is held is the same after every epoch, and nothing is left. */
export function agrees(one: NetworkFit, cpu: NetworkFit, within: number): void {
  const apart = (a: number[], b: number[]): number => Math.max(...a.map((value, i) => Math.abs(value - b[i]!)));
  expect(one.losses).toHaveLength(cpu.losses.length);
  expect(apart(one.losses, cpu.losses)).toBeLessThan(within);
  expect(apart(one.probabilities, cpu.probabilities)).toBeLessThan(within);
  expect(one.held).toEqual(one.losses.filter((_, i) => i % 2 === 0).map(() => ({ tensors: 1, bytes: 4 })));
  expect(one.left).toBe(0);
}
