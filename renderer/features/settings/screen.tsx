import { EmptyState, ProgressLine, ScreenHeader } from '../../ui/screen.tsx';

export function SettingsScreen() {
  return (
    <>
      <ScreenHeader title="Settings" />
      <ProgressLine />
      <EmptyState>Settings are read from the vault.</EmptyState>
    </>
  );
}
