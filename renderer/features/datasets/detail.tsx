import { Link, useLocation } from 'wouter';
import { bytes, count, plural, shortHash, whenLong } from '../../../shared/format.ts';
import type { DatasetVersion, ImageSummary } from '../../../shared/model/dataset.ts';
import { useCall } from '../../query.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { formatWords } from '../../ui/image-words.ts';
import { to } from '../../ui/navigation.ts';
import { ErrorNotice, Notice, ProgressLine, ScreenHeader } from '../../ui/screen.tsx';
import { ColumnsTable } from './columns-table.tsx';
import { Duplicates } from './duplicates.tsx';
import { Images } from './images.tsx';
import { Skipped } from './skipped.tsx';
import { UsedBy } from './used-by.tsx';
import { Versions } from './versions.tsx';

/** One dataset, at one version (the newest unless the address names another). */
export function DatasetDetail({ name, asked, onImport }: { name: string; asked: number | null; onImport: () => void }) {
  const [, navigate] = useLocation();
  const list = useCall('datasets.list', {});
  const shown = useCall('datasets.show', { name, version: asked }, { placeholderData: (previous) => previous });
  const versions = list.data?.find((dataset) => dataset.name === name)?.versions ?? [];
  const version = shown.data;
  return (
    <>
      <ScreenHeader
        title={name}
        fact={
          <>
            <Link href={to.datasets}>Datasets</Link>
            {version && ` / v${version.version}, imported ${whenLong(version.createdAt, Date.now())}`}
          </>
        }
      >
        <Button icon="plus" onClick={onImport}>
          Import another version
        </Button>
        {version && (
          <ButtonLink variant="primary" icon="train" to={to.trainOn(name, version.version)}>
            Train
          </ButtonLink>
        )}
      </ScreenHeader>
      <ProgressLine />
      {shown.error && (
        <div className="datasets">
          <ErrorNotice error={shown.error} onRetry={() => void shown.refetch()} />
        </div>
      )}
      {version && (
        <>
          <Facts version={version} />
          <div className="datasets">
            <Warnings version={version} />
            {version.kind === 'images' && <Images key={version.version} version={version} />}
            <section aria-label="Columns">
              <header>
                <h2>Columns</h2>
                <span className="t3 small">{count(version.columns.length)}</span>
              </header>
              <ColumnsTable version={version} />
            </section>
            <Duplicates version={version} />
            <Skipped skipped={version.skipped} />
            <Versions
              name={name}
              versions={versions}
              shown={version.version}
              onShow={(next) => navigate(`${to.dataset(name)}/${next}`)}
            />
            <UsedBy name={name} version={version.version} />
          </div>
        </>
      )}
    </>
  );
}

function Facts({ version }: { version: DatasetVersion }) {
  return (
    <div className="dataset-facts">
      <Badge icon="table">{plural(version.rows, version.kind === 'images' ? 'image' : 'row')}</Badge>
      {version.subjects === null ? (
        <Badge
          tone="warn"
          icon="warning"
          title="Intervals assume one row per subject, and no number about this dataset can be exported."
        >
          no subject column
        </Badge>
      ) : (
        <Badge icon="person">{plural(version.subjects, 'subject')}</Badge>
      )}
      {version.subjectMode === 'grouped' && version.subjectColumn && (
        <Badge>persons from {version.subjectColumn}</Badge>
      )}
      {version.subjectMode === 'exact' && version.subjectColumn && (
        <Badge>persons from {version.subjectColumn}, every spelling apart</Badge>
      )}
      {version.subjectMode === 'per-row' && (
        <Badge tone="warn" icon="warning">
          declared: each row is another person
        </Badge>
      )}
      {version.siteColumn && <Badge>sites from {version.siteColumn}</Badge>}
      <Badge icon="file">
        {version.sourceName}, {version.images === null ? fileWords(version) : imageWords(version.images)}
      </Badge>
      <Badge title={version.hash}>
        content <code>{shortHash(version.hash)}</code>
      </Badge>
    </div>
  );
}

const fileWords = ({ format }: DatasetVersion): string => `${bytes(format.bytes)}, ${format.encoding}`;

function imageWords({ bytes: size, formats, width, height }: ImageSummary): string {
  const side = ({ min, max }: { min: number; max: number }) =>
    min === max ? count(min) : `${count(min)} to ${count(max)}`;
  const kinds = formats.map(({ format }) => formatWords[format]).join(', ');
  return `${bytes(size)}, ${kinds}, ${side(width)} × ${side(height)} pixels`;
}

function Warnings({ version }: { version: DatasetVersion }) {
  if (version.warnings.length === 0) return null;
  return (
    <section className="dataset-warnings" aria-label="Warnings">
      {version.warnings.map((warning) => (
        <Notice key={`${warning.code} ${warning.message}`}>{warning.message}</Notice>
      ))}
    </section>
  );
}
