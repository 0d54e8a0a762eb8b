import { type KeyboardEvent, useRef, useState } from 'react';
import { rankAtEnd } from '#core/ordering.ts';
import { createSection } from '#core/sections/section-mutators.ts';
import { SECTION_NAME_MAX } from '#core/sections/section.ts';
import { useReplica } from '#web/replica/use-query.ts';
import { Button } from '#web/ui/button.tsx';
import { useUnsaved } from '#web/ui/use-unsaved.ts';

interface NewSectionProps {
  projectId: string;
  onClose: () => void;
}

/** The field for the name of a new section, below the list: Enter adds it and stays for the next. */
export function NewSection({ projectId, onClose }: NewSectionProps) {
  const replica = useReplica();
  const [name, setName] = useState('');
  const formRef = useRef<HTMLFormElement>(null);
  useUnsaved(name !== '');
  const add = () => {
    if (name.trim() === '') {
      onClose();
      return;
    }
    const sections = replica.list('projectSections', projectId);
    replica.mutate(createSection, { id: replica.newId(), projectId, name: name.trim(), rank: rankAtEnd(sections) });
    setName('');
    requestAnimationFrame(() => formRef.current?.scrollIntoView({ block: 'nearest' }));
  };
  const handleKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    onClose();
  };
  return (
    <form
      ref={formRef}
      className="new-section"
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
      onBlur={(event) => {
        if (name.trim() === '' && !event.currentTarget.contains(event.relatedTarget)) onClose();
      }}
    >
      <input
        // Opened by the person to type into.
        autoFocus
        type="text"
        aria-label="New section"
        placeholder="Section name"
        autoComplete="off"
        maxLength={SECTION_NAME_MAX}
        value={name}
        className="task-input font-semibold"
        onChange={(event) => setName(event.target.value)}
        onKeyDown={handleKey}
      />
      <Button type="submit" size="sm" tone="primary" disabled={name.trim() === ''}>
        Add section
      </Button>
    </form>
  );
}
