/** `squared` for numbers, `logistic` for two classes, `softmax` for more. */
export type Loss = 'squared' | 'logistic' | 'softmax';

/** Smallest share of doubt that the focal loss computes with, so that its derivatives stay finite. */
const LEAST = 1e-12;

/** Loss, first and second derivative by one score; written in place of a result, since this runs for every row. */
export type Derivatives = { loss: number; gradient: number; hessian: number };

/**
 * Focal loss −(1 − p)^γ log p of two classes (Lin et al. 2017), where p is the probability given to the true class, and its
 * derivatives by the score of the positive class. γ = 0 is the log-loss.
 */
export function focalLogistic(score: number, positive: boolean, gamma: number, out: Derivatives): void {
  const sign = positive ? 1 : -1;
  const t = sign * score;
  const e = Math.exp(-Math.abs(t));
  const p = t >= 0 ? 1 / (1 + e) : e / (1 + e);
  const q = Math.max(t >= 0 ? e / (1 + e) : 1 / (1 + e), LEAST);
  const logP = t >= 0 ? -Math.log1p(e) : t - Math.log1p(e);
  const power = q ** gamma;
  out.loss = -power * logP;
  out.gradient = sign * power * (gamma * p * logP - q);
  out.hessian = p * power * (q * (2 * gamma + 1) + gamma * logP * (q - gamma * p));
}

/**
 * Focal loss of a softmax: derivatives by the score of class k, where `own` is the probability of the true class and `p` that
 * of class k (the same when `isOwn`). The second derivative is the diagonal one.
 */
export function focalSoftmax(own: number, p: number, isOwn: boolean, gamma: number, out: Derivatives): void {
  const q = Math.max(1 - own, LEAST);
  const logP = Math.log(Math.max(own, 1e-300));
  const power = q ** gamma;
  const slope = gamma * own * (power / q) * logP - power;
  const curve =
    gamma * (power / q) * logP - gamma * (gamma - 1) * own * (power / (q * q)) * logP + 2 * gamma * (power / q);
  const reach = (isOwn ? 1 : 0) - p;
  out.loss = -power * logP;
  out.gradient = slope * reach;
  out.hessian = curve * own * reach * reach - slope * p * (1 - p);
}
