import { Ellipsis, Pencil, Trash2 } from 'lucide-react';
import { deleteSection, updateSection } from '#core/sections/section-mutators.ts';
import { SECTION_NAME_MAX } from '#core/sections/section.ts';
import { useReplica, useRow } from '#web/replica/use-query.ts';
import { TitleInput } from '#web/tasks/title-input.tsx';
import { MenuButton } from '#web/ui/menu.tsx';
import type { MenuSectionSpec } from '#web/ui/menu-model.ts';
import { GroupHeader } from '#web/views/group-header.tsx';
import { useList, useListState } from '#web/views/list-context.ts';
import { headerKey } from '#web/views/view-rows.ts';

interface SectionHeaderProps {
  sectionId: string;
  closed: boolean;
}

export function SectionHeader({ sectionId, closed }: SectionHeaderProps) {
  const section = useRow('section', sectionId);
  const replica = useReplica();
  const { store, focusRow, writable } = useList();
  const renaming = useListState((state) => state.renaming === sectionId);
  if (!section) return null;

  const menu = (): MenuSectionSpec[] => [
    {
      id: 'section',
      items: [
        {
          id: 'rename',
          label: 'Rename',
          icon: <Pencil className="size-4" />,
          keys: 'F2',
          onSelect: () => store.set({ renaming: sectionId }),
        },
        {
          id: 'delete',
          label: 'Move to Trash',
          icon: <Trash2 className="size-4" />,
          tone: 'danger',
          onSelect: () => replica.mutate(deleteSection, { id: sectionId }),
        },
      ],
    },
  ];
  const title = renaming ? (
    <TitleInput
      label="Section name"
      value={section.name}
      maxLength={SECTION_NAME_MAX}
      onSave={(name) => replica.mutate(updateSection, { id: sectionId, name })}
      onClose={(byKey) => {
        store.set({ renaming: null });
        if (byKey) focusRow(headerKey(sectionId));
      }}
    />
  ) : (
    section.name
  );
  const actions = writable ? (
    <MenuButton
      size="sm"
      label={`Actions for ${section.name}`}
      icon={<Ellipsis className="size-4" />}
      sections={menu}
    />
  ) : null;
  return <GroupHeader group={sectionId} title={title} name={section.name} closed={closed} actions={actions} />;
}
