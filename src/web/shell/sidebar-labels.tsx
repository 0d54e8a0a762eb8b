import { Plus, Tag } from 'lucide-react';
import { usePathname } from 'wouter/use-browser-location';
import { type Label, labelKey } from '#core/labels/label.ts';
import { LabelMenuButton } from '#web/labels/label-menu-button.tsx';
import { Link } from '#web/link.tsx';
import type { Query } from '#web/replica/live-query.ts';
import { useCount, useLiveQuery } from '#web/replica/use-query.ts';
import { idOfRef, labelHref, routes } from '#web/routes.ts';
import { IconButton } from '#web/ui/icon-button.tsx';
import { useShell } from '#web/ui/shell-context.ts';
import { useDialogs } from './dialogs.ts';
import { SidebarRow } from './sidebar-row.tsx';
import { SidebarSection } from './sidebar-section.tsx';
import { viewKeys } from './use-shell-keys.ts';

const labels: Query<'label'> = { kind: 'label' };

export function SidebarLabels() {
  const shown = useLiveQuery(labels);
  const dialogs = useDialogs();
  const { closeDrawer } = useShell();
  const pathname = usePathname();
  const ref = routes.label.parse(pathname)?.params.ref;
  const currentId = ref === undefined ? undefined : idOfRef(ref);
  return (
    <SidebarSection
      name="labels"
      title="Labels"
      actions={
        <IconButton
          size="sm"
          label="Add label"
          icon={<Plus className="size-4" />}
          onClick={() => dialogs.open({ type: 'create-label' })}
        />
      }
    >
      {shown.map((label) => (
        <LabelRow key={label.id} label={label} current={label.id === currentId} />
      ))}
      <li>
        <Link
          href={routes.labels.href({})}
          onClick={closeDrawer}
          aria-current={routes.labels.parse(pathname) ? 'page' : undefined}
          data-tooltip="Labels"
          data-tooltip-keys={viewKeys.labels}
          className="sidebar-hint"
        >
          Manage labels
        </Link>
      </li>
    </SidebarSection>
  );
}

function LabelRow({ label, current }: { label: Label; current: boolean }) {
  const count = useCount({ index: 'openByLabel', key: labelKey(label.name) });
  return (
    <li>
      <SidebarRow
        href={labelHref(label)}
        icon={
          <span data-color={label.color} className="text-swatch">
            <Tag aria-hidden="true" className="size-4" />
          </span>
        }
        label={label.name}
        current={current}
        count={count}
        actions={<LabelMenuButton labelId={label.id} name={label.name} />}
      />
    </li>
  );
}
