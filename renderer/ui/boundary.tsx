import { Component } from 'react';
import { ErrorNotice } from './screen.tsx';

/** A screen that fails to draw says so in its own place; the sidebar and the other screens go on. */
export class Boundary extends Component<{ children: React.ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <div className="empty">
        <ErrorNotice
          error={{
            message: 'This screen could not be drawn. Nothing is lost: your runs and datasets are in the vault.',
            code: 'INTERNAL',
          }}
          onRetry={() => this.setState({ failed: false })}
        />
      </div>
    );
  }
}
