import { bytes, plural, shortHash } from '../../../shared/format.ts';
import type { RunDetail } from '../../../shared/model/run.ts';
import { EmptyState } from '../../ui/screen.tsx';

/** Files the run produced; they stay in the vault. */
export function ArtifactsTab({ run }: { run: RunDetail }) {
  const { artifacts } = run;
  if (artifacts.length === 0) {
    return (
      <div className="run-content">
        <EmptyState>This run has kept no file.</EmptyState>
      </div>
    );
  }
  const total = artifacts.reduce((sum, artifact) => sum + artifact.bytes, 0);
  return (
    <div className="run-content">
      <div className="run-tool">
        <span className="t2">
          {plural(artifacts.length, 'file')}, {bytes(total)}
        </span>
        <span className="t3 small">Files stay in the vault; no report holds them.</span>
      </div>
      <table className="plain features" aria-label="Artifacts">
        <thead>
          <tr>
            <th>File</th>
            <th className="right">Size</th>
            <th className="right">SHA-256</th>
          </tr>
        </thead>
        <tbody>
          {artifacts.map((artifact) => (
            <tr key={artifact.path}>
              <td>
                <code>{artifact.path}</code>
              </td>
              <td className="right">{bytes(artifact.bytes)}</td>
              <td className="right" title={artifact.sha256}>
                <code className="t3">{shortHash(artifact.sha256)}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
