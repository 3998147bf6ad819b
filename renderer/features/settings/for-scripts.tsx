import { useState } from 'react';
import { Segmented } from '../../ui/choice.tsx';
import { Copyable } from './copyable.tsx';

const shells = [
  { value: 'sh', label: 'Terminal' },
  { value: 'powershell', label: 'PowerShell' },
  { value: 'python', label: 'Python' },
] as const;
type Shell = (typeof shells)[number]['value'];

const line: Record<Shell, (name: string, value: string) => string> = {
  sh: (name, value) => `export ${name}=${value}`,
  powershell: (name, value) => `$env:${name} = "${value}"`,
  python: (name, value) => `os.environ["${name}"] = "${value}"`,
};

/** What a script must find set, ready to be pasted; the token is copied whole and shown by its beginning. */
export function ForScripts({ server: { url, token } }: { server: { url: string; token: string } }) {
  const [shell, setShell] = useState<Shell>('sh');
  const lines = (key: string) =>
    [
      ...(shell === 'python' ? ['import os'] : []),
      line[shell]('MLFLOW_TRACKING_URI', url),
      line[shell]('MLFLOW_TRACKING_TOKEN', key),
    ].join('\n');
  return (
    <div className="for-scripts">
      <Segmented label="Where the script is started" value={shell} options={shells} onChange={setShell} />
      <Copyable
        label="lines for scripts"
        text={lines(token)}
        shown={<pre className="for-scripts-lines">{lines(`${token.slice(0, 6)}…`)}</pre>}
      />
    </div>
  );
}
