import { Circle, CircleCheck, MessageSquare, Rows3, Tag } from 'lucide-react';
import type { ReactNode } from 'react';
import { WhenPill } from '#web/tasks/task-meta.tsx';
import { ColorDot } from '#web/ui/color-dot.tsx';
import { MarkedText } from './marked-text.tsx';
import type { SearchRow } from './search-rows.ts';

/** One result: what it is, where it was found, and where it belongs. */
export function SearchResult({ row }: { row: SearchRow }) {
  const { title, found, state, project, task, kind } = row;
  return (
    <>
      <span className="search-icon" data-color={row.color ?? undefined}>
        <KindIcon row={row} />
      </span>
      <span className="search-main">
        <span className="search-title" data-done={state === 'completed' || undefined}>
          <MarkedText part={title} />
        </span>
        {found === null ? null : (
          <span className="search-found">
            <span className="search-where">{found.where}</span>
            {found.text === null ? null : (
              <>
                <span className="sr-only">: </span>
                <span>
                  <MarkedText part={found.text} />
                </span>
              </>
            )}
          </span>
        )}
      </span>
      <span className="search-meta">
        {state === null ? null : (
          <>
            <span className="sr-only">, </span>
            <span className="search-state">{state === 'completed' ? 'Completed' : 'Archived'}</span>
          </>
        )}
        {project === null ? null : (
          <span className="search-project">
            <span className="sr-only">{kind === 'project' ? ', below ' : ', in '}</span>
            <ColorDot color={project.color} />
            <span className="truncate">{project.name}</span>
          </span>
        )}
        {task === null || state === 'completed' ? null : (
          <>
            <span className="sr-only">, </span>
            <WhenPill task={task} />
          </>
        )}
      </span>
    </>
  );
}

function KindIcon({ row: { kind, state, color } }: { row: SearchRow }): ReactNode {
  const size = 'size-4';
  switch (kind) {
    case 'task':
      return state === 'completed' ? (
        <CircleCheck aria-hidden="true" className={size} />
      ) : (
        <Circle aria-hidden="true" className={size} />
      );
    case 'project':
      return <ColorDot color={color ?? 'slate'} />;
    case 'section':
      return <Rows3 aria-hidden="true" className={size} />;
    case 'label':
      return <Tag aria-hidden="true" className={`${size} text-swatch`} />;
    case 'comment':
      return <MessageSquare aria-hidden="true" className={size} />;
  }
}
