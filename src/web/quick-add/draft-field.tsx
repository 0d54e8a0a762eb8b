import { type ClipboardEvent, type KeyboardEvent, type RefObject, useRef, useState } from 'react';
import { DESCRIPTION_MAX, TITLE_MAX } from '#core/tasks/task.ts';
import { useLazyModule } from '#web/ui/lazy-module.ts';
import { draftAssist } from './draft-code.ts';
import type { DraftBase, DraftStore } from './draft.ts';
import { type OpenList, useDraft } from './use-draft-store.ts';
import './draft-field.css';

/** A title, a description and room for what stands between them. */
const TEXT_MAX = TITLE_MAX + DESCRIPTION_MAX + 1000;

export interface DraftFieldProps {
  store: DraftStore;
  base: DraftBase;
  /** Accessible name. */
  label: string;
  placeholder?: string;
  /** One line that scrolls sideways, one that wraps, or as many as are typed. */
  lines?: 'one' | 'wrapped' | 'many';
  maxLength?: number;
  autoFocus?: boolean;
  readOnly?: boolean;
  /** Id of a text that says what is wrong. */
  errorId?: string | undefined;
  ref: RefObject<HTMLTextAreaElement | null>;
  /** Keys that neither pills nor suggestions took. */
  onKeyDown: (event: KeyboardEvent<HTMLTextAreaElement>) => void;
  onPaste?: (event: ClipboardEvent<HTMLTextAreaElement>) => void;
  onBlur?: () => void;
}

/**
 * A text area over its own text, where what is understood is painted. It takes keys at once; pills and suggestions come
 * as soon as their code is here, and where that cannot be had the field is one for plain text.
 */
export function DraftField(props: DraftFieldProps) {
  const { store, base, lines = 'one', errorId, ref, onKeyDown } = props;
  const { text } = useDraft(store);
  const mirrorRef = useRef<HTMLDivElement>(null);
  const [list, setList] = useState<OpenList | null>(null);
  const assist = useLazyModule(draftAssist);

  const handleKey = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (!store.onKey(event.nativeEvent)) return onKeyDown(event);
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div className="draft-field" data-multiline={lines !== 'one' || undefined}>
      <div ref={mirrorRef} aria-hidden="true" dir="auto" className="draft-mirror">
        {assist ? (
          <assist.DraftAssist store={store} base={base} fieldRef={ref} mirrorRef={mirrorRef} onList={setList} />
        ) : (
          text
        )}
        {'\u200b'}
      </div>
      <textarea
        ref={ref}
        // Opened by the person to type into.
        autoFocus={props.autoFocus}
        rows={1}
        dir="auto"
        aria-label={props.label}
        aria-autocomplete="list"
        aria-haspopup="listbox"
        aria-controls={list?.id}
        aria-activedescendant={list?.activeId}
        aria-invalid={errorId === undefined ? undefined : true}
        aria-describedby={errorId}
        placeholder={props.placeholder}
        value={text}
        readOnly={props.readOnly}
        maxLength={props.maxLength ?? TEXT_MAX}
        enterKeyHint="done"
        autoComplete="off"
        className="draft-text"
        onChange={(event) => {
          const { value, selectionEnd } = event.target;
          const { inputType } = event.nativeEvent as Partial<InputEvent>;
          store.type(lines === 'many' ? value : oneLine(value), selectionEnd, {
            inserts: inputType?.startsWith('insert') ?? true,
          });
        }}
        onSelect={(event) => store.moveCaret(caretOf(event.currentTarget))}
        onFocus={(event) => store.moveCaret(caretOf(event.currentTarget))}
        onKeyDown={handleKey}
        onPaste={props.onPaste}
        onBlur={() => {
          store.moveCaret(null);
          props.onBlur?.();
        }}
      />
    </div>
  );
}

function caretOf({ selectionStart, selectionEnd }: HTMLTextAreaElement): number | null {
  return selectionStart === selectionEnd ? selectionStart : null;
}

/** What is pasted or dropped may have several lines. */
function oneLine(text: string): string {
  return text.replaceAll(/[\r\n]+/g, ' ');
}
