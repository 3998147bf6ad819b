import { EmptyState, ProgressLine, ScreenHeader } from '../../ui/screen.tsx';

export function CompareScreen() {
  return (
    <>
      <ScreenHeader title="Compare" />
      <ProgressLine />
      <EmptyState>Choose two or more runs in the table of runs.</EmptyState>
    </>
  );
}
