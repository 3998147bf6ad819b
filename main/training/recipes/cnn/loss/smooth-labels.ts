/**
 * Label smoothing (Szegedy et al. 2016): a share of every target is spread evenly over the classes. `targets` is rows × outputs;
 * one output stands for two classes.
 */
export function smoothLabels(targets: Float32Array, outputs: number, share: number): Float32Array {
  const classes = Math.max(2, outputs);
  return targets.map((target) => target * (1 - share) + share / classes);
}
