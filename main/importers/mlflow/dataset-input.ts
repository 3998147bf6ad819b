import type { DatasetInput } from '../../store/tracking/datasets.ts';

/** An input of a run as the store keeps it, from the columns or keys that MLflow has for its dataset; null for anything else. */
export function datasetInput(dataset: unknown, tags: unknown): DatasetInput | null {
  if (typeof dataset !== 'object' || dataset === null) return null;
  const own = dataset as Record<string, unknown>;
  const text = (key: string): string | null => (typeof own[key] === 'string' ? own[key] : null);
  const name = text('name');
  const digest = text('digest');
  if (name === null || digest === null) return null;
  const pairs = typeof tags === 'object' && tags !== null ? Object.entries(tags) : [];
  return {
    dataset: {
      name,
      digest,
      sourceType: text('source_type') ?? text('dataset_source_type') ?? '',
      source: text('source') ?? text('dataset_source') ?? '',
      schema: text('schema') ?? text('dataset_schema'),
      profile: text('profile') ?? text('dataset_profile'),
    },
    tags: pairs.map(([key, value]) => ({ key, value: String(value) })),
  };
}
