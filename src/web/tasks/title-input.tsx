import { type KeyboardEvent, useRef, useState } from 'react';
import { TITLE_MAX } from '#core/tasks/task.ts';
import { cleanTitle } from './pasted-titles.ts';

interface TitleInputProps {
  label: string;
  value: string;
  maxLength?: number;
  onSave: (title: string) => void;
  /** The editor is to close; `byKey` tells that focus must go back to the row. */
  onClose: (byKey: boolean) => void;
}

/** Renames in place: Enter and leaving save, Escape keeps the old name. */
export function TitleInput({ label, value, maxLength = TITLE_MAX, onSave, onClose }: TitleInputProps) {
  const [text, setText] = useState(value);
  const closed = useRef(false);
  const close = (save: boolean, byKey: boolean) => {
    if (closed.current) return;
    closed.current = true;
    const title = cleanTitle(text);
    if (save && title !== '' && title !== value) onSave(title);
    onClose(byKey);
  };
  const handleKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    close(event.key === 'Enter', true);
  };
  return (
    <input
      // Opened by the person to type into.
      autoFocus
      type="text"
      aria-label={label}
      value={text}
      maxLength={maxLength}
      enterKeyHint="done"
      className="task-input"
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setText(event.target.value)}
      onKeyDown={handleKey}
      onBlur={() => close(true, false)}
    />
  );
}
