import { CircleAlert } from 'lucide-react';
import { Component, type ReactNode } from 'react';
import { Button } from '#web/ui/button.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';

interface ErrorBoundaryProps {
  children: ReactNode;
  /** Another value is another place: what failed before is tried anew. */
  place: string;
  /** What to show instead; default is a message with a way on. */
  fallback?: ReactNode;
}

interface ErrorBoundaryState {
  readonly failed: boolean;
  readonly place: string;
}

/** Keeps a fault of one part, or code that could not be loaded, from taking everything else with it. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { failed: false, place: this.props.place };

  static getDerivedStateFromError(): Partial<ErrorBoundaryState> {
    return { failed: true };
  }

  static getDerivedStateFromProps(
    { place }: ErrorBoundaryProps,
    state: ErrorBoundaryState,
  ): Partial<ErrorBoundaryState> | null {
    return place === state.place ? null : { failed: false, place };
  }

  override render(): ReactNode {
    const { children, fallback = <PartFailed /> } = this.props;
    return this.state.failed ? fallback : children;
  }
}

function PartFailed() {
  return (
    <div role="alert" className="m-auto">
      <EmptyState
        icon={<CircleAlert className="size-6" />}
        title={navigator.onLine ? 'This part could not be shown.' : 'This part is not on this device yet.'}
        text={navigator.onLine ? 'Your changes are safe. Reloading usually helps.' : 'Try again when you are online.'}
        actions={
          <Button tone="primary" onClick={() => location.reload()}>
            Reload
          </Button>
        }
      />
    </div>
  );
}
