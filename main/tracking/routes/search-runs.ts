import { type ColumnCache, createColumnCache } from '../../store/tracking/column-cache.ts';
import { readDatasetColumn } from '../../store/tracking/datasets.ts';
import { readTrackedRuns } from '../../store/tracking/read-runs.ts';
import type { Vault } from '../../store/vault.ts';
import { intWithin, optionalBoolean, optionalEnum, optionalText, textList } from '../fields.ts';
import { studyIdOf } from '../ids.ts';
import { inTurns } from '../in-turns.ts';
import { type JsonText, jsonText } from '../json-out.ts';
import { invalid } from '../mlflow-error.ts';
import type { Input, Route, RouteContext } from '../route.ts';
import { runJson, viewTypes } from '../run-json.ts';
import { readRelations } from '../run-relations.ts';
import { clauseTest } from '../search/condition.ts';
import { keyJson, keyOf, type OrderKey } from '../search/order.ts';
import { searchRuns } from '../search/search-runs.ts';

const caches = new WeakMap<Vault, ColumnCache>();

function cacheOf(vault: Vault): ColumnCache {
  const known = caches.get(vault) ?? createColumnCache(vault.db);
  caches.set(vault, known);
  return known;
}

/** Some twenty milliseconds of work. */
const runsAtOnce = 500;

export const searchRunRoutes: Route[] = [{ method: 'POST', path: 'mlflow/runs/search', handle: search }];

async function search({ vault }: RouteContext, input: Input): Promise<JsonText> {
  const ids = textList(input, 'experiment_ids').map(studyIdOf);
  const everywhere = optionalBoolean(input, 'search_all_experiments') === true;
  const token = optionalText(input, 'page_token') ?? '';
  const found = searchRuns(cacheOf(vault), {
    studies: everywhere && ids.length === 0 ? null : new Set(ids.filter((id) => id !== null)),
    view: optionalEnum(input, 'run_view_type', viewTypes) ?? 'ACTIVE_ONLY',
    filter: optionalText(input, 'filter') ?? '',
    orderBy: textList(input, 'order_by'),
    limit: intWithin(input, 'max_results', 0, 50_000, 1_000),
    after: (columns) => (token === '' ? null : readKey(token, columns)),
    withDataset: (clause) =>
      new Set(
        readDatasetColumn(vault.db, clause.key as 'name' | 'digest' | 'context')
          .filter(
            clauseTest(
              [clause],
              () =>
                ({ value }) =>
                  value,
            ),
          )
          .map(({ run }) => run),
      ),
  });
  const next = found.next === null ? '' : `,"next_page_token":${JSON.stringify(writeKey(found.next))}`;
  const runs = await inTurns(vault.db, found.runs.length, runsAtOnce, (from, to) => {
    const some = found.runs.slice(from, to);
    const relations = readRelations(vault.db, some);
    return readTrackedRuns(vault.db, some)
      .map((run) => JSON.stringify(runJson(run, relations(run.pk))))
      .join(',');
  });
  return jsonText(`{"runs":[${runs}]${next}}`);
}

/** The key of the last run of a page: the next one stays right when runs are added meanwhile. */
const writeKey = (key: OrderKey): string => Buffer.from(JSON.stringify(keyJson(key))).toString('base64url');

function readKey(token: string, columns: number): OrderKey {
  try {
    const key = keyOf(JSON.parse(Buffer.from(token, 'base64url').toString('utf8')), columns);
    if (key !== null) return key;
  } catch {
    // Told below.
  }
  throw invalid("Invalid value for parameter 'page_token' supplied: start again without one.");
}
