import { Plus, Tag } from 'lucide-react';
import { type Label, labelKey } from '#core/labels/label.ts';
import { Link } from '#web/link.tsx';
import type { Query } from '#web/replica/live-query.ts';
import { useCount, useLiveQuery } from '#web/replica/use-query.ts';
import { labelHref } from '#web/routes.ts';
import { useDialogs } from '#web/shell/dialogs.ts';
import { Page } from '#web/shell/page.tsx';
import { WhenLoaded } from '#web/shell/when-loaded.tsx';
import { Button } from '#web/ui/button.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { LabelMenuButton } from './label-menu-button.tsx';

const labels: Query<'label'> = { kind: 'label' };

/** The labels of the person who is signed in, to rename, colour, order and delete. */
export function LabelsPage() {
  const shown = useLiveQuery(labels);
  const dialogs = useDialogs();
  const add = (
    <Button
      tone="primary"
      icon={<Plus aria-hidden="true" className="size-4" />}
      onClick={() => dialogs.open({ type: 'create-label' })}
    >
      New label
    </Button>
  );
  return (
    <Page title="Labels" actions={shown.length > 0 ? add : undefined}>
      <WhenLoaded>
        {shown.length === 0 ? (
          <EmptyState
            icon={<Tag className="size-6" />}
            title="No labels yet"
            text="Labels gather tasks across projects, such as errands or waiting."
            actions={add}
          />
        ) : (
          <ul className="flex flex-col">
            {shown.map((label) => (
              <LabelLine key={label.id} label={label} />
            ))}
          </ul>
        )}
      </WhenLoaded>
    </Page>
  );
}

function LabelLine({ label }: { label: Label }) {
  const count = useCount({ index: 'openByLabel', key: labelKey(label.name) });
  return (
    <li className="line">
      <Link href={labelHref(label)} className="line-link">
        <span data-color={label.color} className="grid size-5 shrink-0 place-items-center text-swatch">
          <Tag aria-hidden="true" className="size-4" />
        </span>
        <span className="min-w-0 truncate text-body">{label.name}</span>
        <span className="ml-auto shrink-0 text-meta text-fg-tertiary tabular-nums">
          {count === 1 ? '1 task' : `${count} tasks`}
        </span>
      </Link>
      <LabelMenuButton labelId={label.id} name={label.name} />
    </li>
  );
}
