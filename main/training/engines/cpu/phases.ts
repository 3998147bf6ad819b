/** Input places `first`, `first + stride`, … along one axis, and the convolution that gives their gradient. */
export type Phase = {
  first: number;
  count: number;
  stride: number;
  /** Filter places that meet these inputs, last first. */
  taps: number[];
  /** Zeros before and after the output's gradient. */
  pad: [number, number];
  /** Results of the convolution that lie before the first input. */
  skip: number;
};

/**
 * Parts the places of one axis by their remainder: input y meets filter place k in output o where y + pad = o · stride + k. A
 * remainder that meets no filter place has no gradient and is left out.
 */
export function phasesOf(input: number, output: number, filter: number, stride: number, pad: number): Phase[] {
  const phases: Phase[] = [];
  for (let remainder = 0; remainder < Math.min(stride, filter); remainder++) {
    const taps = Array.from(
      { length: Math.ceil((filter - remainder) / stride) },
      (_, t) => remainder + stride * t,
    ).reverse();
    const from = Math.max(0, Math.ceil((pad - remainder) / stride));
    const to = Math.floor((input - 1 + pad - remainder) / stride);
    if (to < from) continue;
    const before = taps.length - 1 - from;
    phases.push({
      first: from * stride + remainder - pad,
      count: to - from + 1,
      stride,
      taps,
      pad: [Math.max(0, before), Math.max(0, to - (output - 1))],
      skip: Math.max(0, -before),
    });
  }
  return phases;
}
