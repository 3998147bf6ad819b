import './train.css';
import { useMutation } from '@tanstack/react-query';
import { useDeferredValue, useMemo, useState } from 'react';
import { useLocation, useParams } from 'wouter';
import type { AppError } from '../../../shared/errors.ts';
import type { DatasetSummary, DatasetVersion } from '../../../shared/model/dataset.ts';
import type { EngineStatus, ParamDeclaration, RecipeDeclaration, TrainWish } from '../../../shared/model/train-spec.ts';
import { api } from '../../api.ts';
import { useCall } from '../../query.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { Segmented } from '../../ui/choice.tsx';
import { useKeys } from '../../ui/keys.ts';
import { to } from '../../ui/navigation.ts';
import { EmptyState, ErrorNotice, ProgressLine, ScreenHeader } from '../../ui/screen.tsx';
import { TrainAside } from './aside.tsx';
import { CommandForm } from './command/screen.tsx';
import { DataSection } from './data-section.tsx';
import { EngineSection } from './engine-section.tsx';
import { FeaturesTable } from './features-table.tsx';
import { initialForm, recipesFor, type TrainForm, withTarget } from './form-state.ts';
import { ImagesFacts } from './images-facts.tsx';
import { paramAt } from './param-field.tsx';
import { PlaceSection } from './place-section.tsx';
import { RecipeSection } from './recipe-section.tsx';
import { ResourcesSection } from './resources-section.tsx';
import { StartSection } from './start-section.tsx';
import { taskOf } from './targets.ts';
import { ThresholdSection } from './threshold-section.tsx';
import { toSpec } from './to-spec.ts';

const DEFAULT_STUDY = 'Default';

/** A recipe of Wardbook on a dataset, or a command of one's own. */
export function TrainScreen() {
  const [what, setWhat] = useState<'recipe' | 'command'>('recipe');
  const choice = (
    <Segmented
      label="What to run"
      value={what}
      options={[
        { value: 'recipe', label: 'Recipe' },
        { value: 'command', label: 'Own command' },
      ]}
      onChange={setWhat}
    />
  );
  return what === 'recipe' ? (
    <RecipeTraining choice={choice} />
  ) : (
    <>
      <ScreenHeader title="Train">{choice}</ScreenHeader>
      <ProgressLine />
      <CommandForm />
    </>
  );
}

/** Chooses the dataset of the address, or the one imported last, and shows its form. */
function RecipeTraining({ choice }: { choice: React.ReactNode }) {
  const { dataset, version } = useParams<{ dataset?: string; version?: string }>();
  const datasets = useCall('datasets.list', {});
  const recipes = useCall('training.recipes', {});
  const engines = useCall('training.engines', {});
  const name = dataset ?? newest(datasets.data ?? [])?.name ?? null;
  const asked = version === undefined ? null : Number(version);
  const shown = useCall('datasets.show', { name: name ?? '', version: asked }, { enabled: name !== null });
  const error = datasets.error ?? recipes.error ?? shown.error;
  const fitting = useMemo(
    () => (shown.data && recipes.data ? recipesFor(shown.data, recipes.data) : []),
    [shown.data, recipes.data],
  );
  return (
    <>
      <ScreenHeader title="Train" fact={shown.data && `on ${shown.data.name} v${shown.data.version}`}>
        {choice}
      </ScreenHeader>
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
      {datasets.data && shown.data && fitting.length > 0 && (
        <Form
          key={`${shown.data.name} ${shown.data.version}`}
          datasets={datasets.data}
          version={shown.data}
          recipes={fitting}
          engines={engines.data ?? []}
        />
      )}
      {shown.data && recipes.data && fitting.length === 0 && (
        <EmptyState>No recipe learns from a dataset of this kind.</EmptyState>
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
  const [form, setForm] = useState<TrainForm>(() => initialForm(version, recipes, DEFAULT_STUDY));
  const [explained, setExplained] = useState<ParamDeclaration | null>(null);
  const change = (part: Partial<TrainForm>) => setForm((now) => ({ ...now, ...part }));
  const recipe = recipes.find((item) => item.id === form.recipe) ?? recipes[0]!;
  const task = taskOf(
    version.columns.find(({ name }) => name === form.target),
    form.readAs,
  );
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
      <div className="train-form" onFocusCapture={(event) => setExplained(paramAt(recipe.params, event.target))}>
        <DataSection
          datasets={datasets}
          version={version}
          form={form}
          estimate={estimate.data}
          onChange={change}
          onTarget={(target, as) => setForm(withTarget(form, version, recipes, target, as))}
          onDataset={(name) => navigate(to.trainOn(name))}
        />
        <RecipeSection recipes={recipes} recipe={recipe} task={task} form={form} onChange={setForm}>
          {recipe.id === 'fine-tune' && (
            <StartSection form={form} estimate={spec === null ? undefined : estimate.data} onChange={change} />
          )}
        </RecipeSection>
        <ThresholdSection recipe={recipe} task={task} form={form} onChange={setForm} />
        <EngineSection
          engines={engines}
          recipe={recipe}
          chosen={form.engine}
          onChange={(engine) => change({ engine })}
        />
        <ResourcesSection recipe={recipe} form={form} onChange={setForm} />
        <PlaceSection form={form} namedAfter="its recipe and features" onChange={change} />
      </div>
      {recipe.input === 'images' ? (
        <ImagesFacts version={version} />
      ) : (
        <FeaturesTable version={version} form={form} onChange={change} />
      )}
      <TrainAside
        version={version}
        recipe={recipe}
        estimate={estimate.data}
        error={start.error ?? estimate.error}
        explained={explained}
        cores={form.cores.trim() === '' ? (recipe.threads ?? Number.POSITIVE_INFINITY) : Number(form.cores)}
        ready={ready}
        starting={start.isPending}
        allowNearDuplicates={form.allowNearDuplicates}
        onAllowNearDuplicates={(on) => change({ allowNearDuplicates: on })}
        onStart={go}
        onOtherSeed={(used) => change({ seed: String(freeSeed([...used, Number(form.seed)])) })}
      />
    </div>
  );
}

/** The smallest seed from 1 on that none of these is. */
function freeSeed(used: readonly number[]): number {
  let seed = 1;
  while (used.includes(seed)) seed += 1;
  return seed;
}
