import './models.css';
import { useParams } from 'wouter';
import { ModelList } from './list.tsx';
import { ModelPage } from './model-page.tsx';

/** Every model of the registry, or one of them at one version. */
export function ModelsScreen() {
  const { name, version } = useParams<{ name?: string; version?: string }>();
  if (name === undefined) return <ModelList />;
  return <ModelPage key={name} name={name} asked={version === undefined ? null : Number(version)} />;
}
