import { Component } from 'react';
import type { RowModel } from './row-model.ts';

interface CommitWatcherProps {
  model: RowModel;
  readonly onBeforeCommit: (before: RowModel, after: RowModel) => void;
  readonly onUnmount: () => void;
}

/** The last look at the DOM before React changes it; only a class can have it. */
export class CommitWatcher extends Component<CommitWatcherProps> {
  override getSnapshotBeforeUpdate(previous: CommitWatcherProps): null {
    if (previous.model !== this.props.model) this.props.onBeforeCommit(previous.model, this.props.model);
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
