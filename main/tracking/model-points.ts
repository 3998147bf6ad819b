import type { WritableDb } from '../store/open.ts';
import type { LoggedPoint } from '../store/tracking/log.ts';
import { addModelPoints, type ModelPoint } from '../store/tracking/logged-models.ts';
import { optionalText } from './fields.ts';
import { notFound } from './mlflow-error.ts';
import type { Input } from './route.ts';

/** Of metrics and the points read from them, those that say which model they are of, and on what dataset. */
export function modelPointsOf(metrics: Input[], points: LoggedPoint[]): ModelPoint[] {
  const found: ModelPoint[] = [];
  metrics.forEach((metric, index) => {
    const model = optionalText(metric, 'model_id') || null;
    if (model === null) return;
    const datasetName = optionalText(metric, 'dataset_name') ?? '';
    found.push({ ...points[index]!, model, datasetName, datasetDigest: optionalText(metric, 'dataset_digest') ?? '' });
  });
  return found;
}

/** Call inside a transaction; `run` is `run.id`. Throws RESOURCE_DOES_NOT_EXIST for a model that does not exist. */
export function writeModelPoints(db: WritableDb, run: number, points: ModelPoint[]): void {
  const missing = points.length === 0 ? null : addModelPoints(db, run, points);
  if (missing !== null) throw notFound(`Logged model with ID '${missing.slice(0, 100)}' not found.`);
}
