import './train.css';
import { useMutation } from '@tanstack/react-query';
import { useDeferredValue, useMemo, useState } from 'react';
import { useLocation, useParams } from 'wouter';
import type { AppError } from '../../../shared/errors.ts';
import type { DatasetSummary, DatasetVersion } from '../../../shared/model/dataset.ts';
import type { EngineStatus, RecipeDeclaration, TrainWish } from '../../../shared/model/train-spec.ts';
import { api } from '../../api.ts';
import { useCall } from '../../query.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { TextInput } from '../../ui/field.tsx';
import { useKeys } from '../../ui/keys.ts';
import { to } from '../../ui/navigation.ts';
import { EmptyState, ErrorNotice, ProgressLine, ScreenHeader } from '../../ui/screen.tsx';
import { TrainAside } from './aside.tsx';
import { DataSection } from './data-section.tsx';
import { EngineSection } from './engine-section.tsx';
import { FeaturesTable } from './features-table.tsx';
import { initialForm, problemsOf, type TrainForm, toSpec } from './form-state.ts';
import { RecipeSection } from './recipe-section.tsx';
import { FormLine } from './row.tsx';

const DEFAULT_STUDY = 'Default';

/** Chooses the dataset of the address, or the one imported last, and shows its form. */
export function TrainScreen() {
  const { dataset, version } = useParams<{ dataset?: string; version?: string }>();
  const datasets = useCall('datasets.list', {});
  const recipes = useCall('training.recipes', {});
  const engines = useCall('training.engines', {});
  const name = dataset ?? newest(datasets.data ?? [])?.name ?? null;
  const asked = version === undefined ? null : Number(version);
  const shown = useCall('datasets.show', { name: name ?? '', version: asked }, { enabled: name !== null });
  const error = datasets.error ?? recipes.error ?? shown.error;
  return (
    <>
      <ScreenHeader title="Train" fact={shown.data && `on ${shown.data.name} v${shown.data.version}`} />
      <ProgressLine />
      {error && <ErrorNotice error={error} onRetry={() => void datasets.refetch()} />}
      {datasets.data?.length === 0 && (
        <EmptyState
          actions={
            <ButtonLink variant="primary" icon="dataset" to={to.datasets}>
              Datasets
            </ButtonLink>
          }
        >
          A model needs data first. Import a table, or try the synthetic cohort.
        </EmptyState>
      )}
      {datasets.data && shown.data && recipes.data && (
        <Form
          key={`${shown.data.name} ${shown.data.version}`}
          datasets={datasets.data}
          version={shown.data}
          recipes={recipes.data}
          engines={engines.data ?? []}
        />
      )}
    </>
  );
}

function newest(datasets: readonly DatasetSummary[]): DatasetSummary | undefined {
  const time = (dataset: DatasetSummary) => Math.max(...dataset.versions.map((version) => version.createdAt));
  return datasets.reduce<DatasetSummary | undefined>(
    (last, item) => (last && time(last) >= time(item) ? last : item),
    undefined,
  );
}

type FormProps = {
  datasets: readonly DatasetSummary[];
  version: DatasetVersion;
  recipes: readonly RecipeDeclaration[];
  engines: readonly EngineStatus[];
};

function Form({ datasets, version, recipes, engines }: FormProps) {
  const [, navigate] = useLocation();
  const studies = useCall('studies.list', {});
  const [form, setForm] = useState<TrainForm>(() => initialForm(version, recipes, DEFAULT_STUDY));
  const change = (part: Partial<TrainForm>) => setForm((now) => ({ ...now, ...part }));
  const recipe = recipes.find((item) => item.id === form.recipe) ?? recipes[0]!;
  const spec = useMemo(() => toSpec(form, version, recipe), [form, version, recipe]);
  const asked = useDeferredValue(spec);
  const estimate = useCall('training.estimate', asked as TrainWish, {
    enabled: asked !== null,
    placeholderData: (previous) => previous,
  });
  const start = useMutation<{ id: string }, AppError, TrainWish>({
    mutationFn: (wanted) => api.call('training.start', wanted),
    onSuccess: ({ id }) => navigate(to.run(id)),
  });
  const ready = spec !== null && estimate.error === null;
  const go = () => {
    if (ready && !start.isPending) start.mutate(spec);
  };
  useKeys({ 'Ctrl+Enter': go });
  return (
    <div className="train">
      <div className="train-form">
        <DataSection
          datasets={datasets}
          version={version}
          form={form}
          estimate={estimate.data}
          onChange={change}
          onDataset={(name) => navigate(to.trainOn(name))}
        />
        <RecipeSection
          recipes={recipes}
          recipe={recipe}
          form={form}
          task={estimate.data?.task ?? null}
          onChange={change}
        />
        <EngineSection
          engines={engines}
          recipe={recipe}
          chosen={form.engine}
          onChange={(engine) => change({ engine })}
        />
        <section aria-label="Place">
          <h2>Place</h2>
          <FormLine label="Study" problem={problemsOf(form).study}>
            {(id) => (
              <>
                <TextInput
                  id={id}
                  list={`${id}-studies`}
                  value={form.study}
                  onChange={(event) => change({ study: event.target.value })}
                />
                <datalist id={`${id}-studies`}>
                  {(studies.data ?? []).map((study) => (
                    <option key={study.id} value={study.name} />
                  ))}
                </datalist>
              </>
            )}
          </FormLine>
          <FormLine label="Name" hint="Left empty, the run is named after its recipe and features.">
            {(id) => (
              <TextInput
                id={id}
                maxLength={200}
                value={form.name}
                onChange={(event) => change({ name: event.target.value })}
              />
            )}
          </FormLine>
        </section>
      </div>
      <FeaturesTable version={version} form={form} onChange={change} />
      <TrainAside
        version={version}
        recipe={recipe}
        estimate={estimate.data}
        error={start.error ?? estimate.error}
        ready={ready}
        starting={start.isPending}
        onStart={go}
        onOtherSeed={() => change({ seed: String((Number(form.seed) % 1_000_000) + 1) })}
      />
    </div>
  );
}
