import { Link } from 'wouter';
import type { LineageNode } from '../../../shared/model/registry.ts';
import { useCall } from '../../query.ts';
import { Badge } from '../../ui/badge.tsx';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { to } from '../../ui/navigation.ts';
import { placeLineage } from './lineage-layout.ts';

/** Height of a row; a node is somewhat lower. */
const ROW = 64;
/** Where a node begins and ends in its column, in percent. */
const [LEFT, RIGHT] = [6, 94];

/** Where a version comes from and what came of it, from left to right. */
export function LineageDrawing({ name, version }: { name: string; version: number }) {
  const lineage = useCall('models.lineage', { name, version }, { placeholderData: (before) => before });
  if (!lineage.data || lineage.data.edges.length === 0) return null;
  const { nodes, edges } = lineage.data;
  const { columns, rows, at } = placeLineage(lineage.data);
  const label = (id: string) => nodes.find((node) => node.id === id)!.label;
  const middle = (id: string) => (at.get(id)!.row + 0.5) * ROW;
  return (
    <section aria-label="Lineage">
      <header>
        <h2>Lineage</h2>
        <span className="t3 small">dataset, run, version, and what became of it</span>
      </header>
      <div
        className="lineage"
        style={{ height: rows * ROW, gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
      >
        <svg viewBox={`0 0 ${columns * 100} ${rows * ROW}`} preserveAspectRatio="none" aria-hidden="true">
          {edges.map(({ from, to: next }) => {
            const x1 = at.get(from)!.column * 100 + RIGHT;
            const x2 = at.get(next)!.column * 100 + LEFT;
            const [y1, y2] = [middle(from), middle(next)];
            const bend = (x1 + x2) / 2;
            return <path key={`${from} ${next}`} d={`M${x1} ${y1}C${bend} ${y1} ${bend} ${y2} ${x2} ${y2}`} />;
          })}
        </svg>
        {nodes.map((node) => {
          const { column, row } = at.get(node.id)!;
          return (
            <div key={node.id} className="lineage-cell" style={{ gridColumn: column + 1, gridRow: row + 1 }}>
              <Node node={node} />
            </div>
          );
        })}
      </div>
      <ul className="visually-hidden">
        {edges.map(({ from, to: next, what }) => (
          <li key={`${from} ${next}`}>
            {label(from)} {what} {label(next)}
          </li>
        ))}
      </ul>
    </section>
  );
}

const kinds: Record<LineageNode['kind'], { icon: IconName; word: string }> = {
  dataset: { icon: 'dataset', word: 'dataset' },
  run: { icon: 'runs', word: 'run' },
  version: { icon: 'model', word: 'version' },
  evaluation: { icon: 'chart', word: 'evaluation' },
};

function Node({ node }: { node: LineageNode }) {
  const { icon, word } = kinds[node.kind];
  const address =
    node.run !== null
      ? to.run(node.run)
      : node.dataset !== null
        ? `${to.dataset(node.dataset.name)}/${node.dataset.version}`
        : null;
  return (
    <div className={node.kind === 'version' ? 'lineage-node own' : 'lineage-node'}>
      <span className="lineage-kind">
        <Icon name={icon} small />
        <span>{node.kind === 'evaluation' ? word : `${word}, ${node.detail}`}</span>
        {node.binned && <Badge icon="bin">in the bin</Badge>}
      </span>
      <span className="lineage-name" title={node.label}>
        {address === null ? node.label : <Link href={address}>{node.label}</Link>}
      </span>
    </div>
  );
}
