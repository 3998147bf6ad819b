import { bytes, plural, shortHash } from '../../../../shared/format.ts';
import type { RunDetail } from '../../../../shared/model/run.ts';
import { Badge } from '../../../ui/badge.tsx';

/** Models that a script logged, which keep their files in folders of their own. */
export function LoggedModels({ models }: { models: RunDetail['loggedModels'] }) {
  return models.map((model) => (
    <section key={model.id} className="run-section" aria-label={`Model ${model.name}`}>
      <h3>
        Model {model.name} <span className="t3 small">{sizeWords(model.files)}</span>
        {model.status === 'pending' && <Badge>not yet whole</Badge>}
        {model.status === 'failed' && <Badge tone="bad">not logged whole</Badge>}
      </h3>
      <table className="plain features" aria-label={`Files of ${model.name}`}>
        <thead>
          <tr>
            <th>File</th>
            <th className="right">Size</th>
            <th className="right">SHA-256</th>
          </tr>
        </thead>
        <tbody>
          {model.files.map((file) => (
            <tr key={file.path}>
              <td>
                <code>{file.path}</code>
              </td>
              <td className="right">{bytes(file.bytes)}</td>
              <td className="right" title={file.sha256}>
                <code className="t3">{shortHash(file.sha256)}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  ));
}

function sizeWords(files: RunDetail['artifacts']): string {
  return `${plural(files.length, 'file')}, ${bytes(files.reduce((sum, file) => sum + file.bytes, 0))}`;
}
