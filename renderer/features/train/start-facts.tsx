import type { StartFacts } from '../../../shared/contract/training.ts';
import { count, percent, plural } from '../../../shared/format.ts';

/** What of the network learns at the depth that was chosen, and its layers on request. */
export function WhatLearns({ start, depth }: { start: StartFacts; depth: string | undefined }) {
  return (
    <>
      <dl className="facts start-facts" aria-live="polite">
        <dt>Learns</dt>
        <dd>
          {count(start.trainable)} of {count(start.weights)} weights
          <span className="t3 small"> {percent(start.trainable / start.weights)}</span>
        </dd>
        <dt>Frozen</dt>
        <dd className="wrap">{frozenWords(depth)}</dd>
        <dt>Head</dt>
        <dd className="wrap">
          {start.head === 'kept' ? 'its own: the classes are the same' : 'new, for these classes'}
        </dd>
        <dt>Images</dt>
        <dd className="wrap">
          {count(start.image.width)} × {count(start.image.height)}, {start.image.channels === 1 ? 'grey' : 'in colour'}
        </dd>
      </dl>
      <details className="start-layers">
        <summary>{plural(start.layers.length, 'layer')} with weights</summary>
        <table className="plain start-layers-table" aria-label="Layers">
          <thead>
            <tr>
              <th scope="col">Layer</th>
              <th scope="col" className="right">
                Block
              </th>
              <th scope="col" className="right">
                Weights
              </th>
              <th scope="col">State</th>
            </tr>
          </thead>
          <tbody>
            {start.layers.map(({ name, block, weights, learns }) => (
              <tr key={name} className={learns ? undefined : 't3'}>
                <th scope="row">
                  <code>{name}</code>
                </th>
                <td className="right num">{block}</td>
                <td className="right num">{count(weights)}</td>
                <td>{learns ? 'learns' : 'frozen'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </>
  );
}

function frozenWords(depth: string | undefined): string {
  if (depth === 'all') return 'nothing';
  if (depth === 'head') return 'all but the head';
  return depth === 'last-block' ? 'all before the last block' : 'all before the last two blocks';
}
