import { ListSkeleton } from '#web/ui/skeleton.tsx';
import { Brand } from './brand.tsx';

/** The outline of the shell, before it is known who is signed in. */
export function StartingScreen({ outlined }: { outlined: boolean }) {
  if (!outlined) return <div className="h-dvh bg-sidebar" />;
  return (
    <div className="app-shell" aria-busy="true">
      <div aria-hidden="true" className="hidden w-66 shrink-0 flex-col bg-sidebar p-4 lg:flex">
        <Brand />
      </div>
      <main className="min-w-0 flex-1">
        <div className="page-column pt-16">
          <ListSkeleton status="Opening your tasks…" />
        </div>
      </main>
    </div>
  );
}
