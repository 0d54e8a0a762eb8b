import { Component } from 'react';
import type { RowModel } from './row-model.ts';

interface CommitWatcherProps {
  model: RowModel;
  source: unknown;
  readonly onBeforeCommit: (before: RowModel, after: RowModel, isSame: boolean) => void;
  readonly onUnmount: () => void;
}

/** The last look at the DOM before React changes it; only a class can have it. */
export class CommitWatcher extends Component<CommitWatcherProps> {
  override getSnapshotBeforeUpdate(previous: CommitWatcherProps): null {
    const { model, source, onBeforeCommit } = this.props;
    if (previous.model !== model) onBeforeCommit(previous.model, model, previous.source === source);
    return null;
  }

  // React insists on the pair.
  override componentDidUpdate(): void {}

  override componentWillUnmount(): void {
    this.props.onUnmount();
  }

  override render() {
    return null;
  }
}
