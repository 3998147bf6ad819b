import './datasets.css';
import { useLocation, useParams } from 'wouter';
import { to } from '../../ui/navigation.ts';
import { DatasetDetail } from './detail.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { DatasetList } from './list.tsx';
import { useImport } from './use-import.ts';

/** Every dataset, or one of them; the import dialog floats over either. */
export function DatasetsScreen() {
  const { name, version } = useParams<{ name?: string; version?: string }>();
  const [, navigate] = useLocation();
  const flow = useImport((imported) => navigate(to.dataset(imported.name)));
  return (
    <>
      {name === undefined ? (
        <DatasetList onImport={flow.ask} />
      ) : (
        <DatasetDetail
          key={name}
          name={name}
          asked={version === undefined ? null : Number(version)}
          onImport={flow.ask}
        />
      )}
      <ImportDialog flow={flow} />
    </>
  );
}
