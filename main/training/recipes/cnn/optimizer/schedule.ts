/**
 * Share of the learning rate after `done` (0 to 1) of the training: up in a straight line over the first `warmUp` of it, then
 * down to 0 along half a cosine (Loshchilov and Hutter 2017). With several cycles the cosine starts anew in each.
 */
export function rateAt(done: number, warmUp: number, cycles: number): number {
  if (done < warmUp) return done / warmUp;
  const after = (done - warmUp) / (1 - warmUp);
  const inCycle = Math.min(after, 1 - 1e-12) * cycles;
  return (1 + Math.cos(Math.PI * (inCycle - Math.floor(inCycle)))) / 2;
}
