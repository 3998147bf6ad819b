import { EmptyState, ProgressLine, ScreenHeader } from '../../ui/screen.tsx';

export function TrainScreen() {
  return (
    <>
      <ScreenHeader title="Train" />
      <ProgressLine />
      <EmptyState>Import a table first.</EmptyState>
    </>
  );
}
