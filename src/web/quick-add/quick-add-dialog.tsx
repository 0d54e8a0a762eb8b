import { ListPlus } from 'lucide-react';
import { type ClipboardEvent, type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { useCalendar } from '#web/dates/use-date-context.ts';
import { useInbox } from '#web/projects/use-projects.ts';
import { useReplica } from '#web/replica/use-query.ts';
import { pastedTitles } from '#web/tasks/pasted-titles.ts';
import { Button } from '#web/ui/button.tsx';
import { IconButton } from '#web/ui/icon-button.tsx';
import { useLazyModule } from '#web/ui/lazy-module.ts';
import { useFocusReturn } from '#web/ui/use-focus-return.ts';
import { COARSE_POINTER, useMediaQuery } from '#web/ui/use-media-query.ts';
import { choose, type PickerName, toggleLabel } from './choose.ts';
import { draftReading } from './draft-code.ts';
import { DraftChips, PlaceChip, usePicker } from './draft-chips.tsx';
import { DraftField } from './draft-field.tsx';
import { DraftPicker } from './draft-pickers.tsx';
import { type Draft, type DraftBase, DraftStore, EMPTY_DRAFT } from './draft.ts';
import { keepDraft, readKeptDraft } from './kept-draft.ts';
import { PasteMenu } from './paste-menu.tsx';
import { useDraft } from './use-draft-store.ts';
import { useDraftReader } from './use-draft-reader.ts';
import { type After, useQuickAdd } from './use-quick-add.ts';
import './quick-add.css';

export interface QuickAddDialogProps {
  projectId?: string | undefined;
  /** Begins with today as its date. */
  today?: boolean | undefined;
  /** All that it begins with, instead. */
  base?: DraftBase | undefined;
  /** Filled in from elsewhere; what was being written before is left alone. */
  text?: string | undefined;
  onClose: () => void;
}

/** A task from anywhere, in one field. What is written stays until it is added. */
export function QuickAddDialog(props: QuickAddDialogProps) {
  const { onClose } = props;
  useFocusReturn();
  return (
    <ModalOverlay isOpen isDismissable onOpenChange={(open) => !open && onClose()} className="quick-add-scrim">
      <Modal className="quick-add">
        <Dialog aria-label="Add task" className="quick-add-panel">
          <QuickAdd {...props} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function QuickAdd({ projectId, today = false, base: given, text, onClose }: QuickAddDialogProps) {
  const store = useKeptDraft(text);
  const draft = useDraft(store);
  const usual = useBase(projectId, today);
  const base = given ?? usual;
  const fieldRef = useRef<HTMLTextAreaElement>(null);
  const [another, setAnother] = useState(false);
  const { error, submit, addLines } = useQuickAdd({ store, base, fieldRef, onClose });
  const [pasted, setPasted] = useState<readonly string[] | null>(null);
  const errorId = useId();

  const handleKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.altKey) return;
    const isMod = event.ctrlKey || event.metaKey;
    // With Shift alone a new line begins: the description.
    if (event.shiftKey && !isMod) return;
    event.preventDefault();
    submit(afterKey(event, another));
  };
  const handlePaste = (event: ClipboardEvent) => {
    const titles = pastedTitles(event.clipboardData.getData('text/plain'));
    const isDescription = /\n|(^|\s)\/\/\s/.test(draft.text.slice(0, fieldRef.current?.selectionStart ?? 0));
    if (titles.length < 2 || isDescription) return;
    event.preventDefault();
    setPasted(draft.text.trim() === '' ? titles : [`${draft.text.trim()} ${titles[0] ?? ''}`, ...titles.slice(1)]);
  };
  return (
    <>
      <div className="quick-add-text">
        <DraftField
          ref={fieldRef}
          store={store}
          base={base}
          label="New task"
          placeholder="Buy milk tomorrow 9:00 #Home @errands"
          lines="many"
          autoFocus
          errorId={error === undefined ? undefined : errorId}
          onKeyDown={handleKey}
          onPaste={handlePaste}
        />
      </div>
      <p id={errorId} role="alert" className="quick-add-error">
        {error}
      </p>
      <Details store={store} base={base} fieldRef={fieldRef}>
        <IconButton
          label="Add another"
          keys="Mod+Enter"
          icon={<ListPlus className="size-4" />}
          pressed={another}
          onClick={() => {
            setAnother(!another);
            fieldRef.current?.focus();
          }}
        />
        <Button onClick={onClose}>Cancel</Button>
        <Button tone="primary" onClick={() => submit(another ? 'another' : 'close')}>
          Add task
        </Button>
      </Details>
      {pasted === null ? null : (
        <PasteMenu
          anchor={fieldRef}
          lines={pasted}
          canNest
          onAdd={(lines, nested) => addLines(lines, nested)}
          onKeep={() => store.type(pasted.join('\n'))}
          onClose={() => setPasted(null)}
        />
      )}
    </>
  );
}

function afterKey({ ctrlKey, metaKey, shiftKey }: KeyboardEvent, another: boolean): After {
  if (!ctrlKey && !metaKey) return another ? 'another' : 'close';
  return shiftKey ? 'open' : 'another';
}

/** What is written is kept on this device with each key, unless it came from elsewhere. */
function useKeptDraft(text: string | undefined): DraftStore {
  const { userId } = useReplica().account;
  const [store] = useState(() => new DraftStore(text === undefined ? readKeptDraft(userId) : { ...EMPTY_DRAFT, text }));
  useEffect(() => {
    if (text !== undefined) return undefined;
    return store.subscribe(() => keepDraft(userId, store.get()));
  }, [store, userId, text]);
  return store;
}

/** The inbox may arrive while the dialog is open. */
function useBase(projectId: string | undefined, isToday: boolean): DraftBase {
  const inbox = useInbox();
  const { today } = useCalendar();
  const target = projectId ?? inbox?.id ?? '';
  return useMemo(
    () => ({
      place: { projectId: target, sectionId: null, parentId: null },
      content: isToday ? { date: today } : {},
    }),
    [target, isToday, today],
  );
}

/** Unless another layer has opened meanwhile. */
function focusAgain(field: HTMLTextAreaElement | null): void {
  const dialog = field?.closest('[role="dialog"]');
  if (document.activeElement === document.body || dialog?.contains(document.activeElement)) field?.focus();
}

interface DetailsProps {
  store: DraftStore;
  base: DraftBase;
  fieldRef: { readonly current: HTMLTextAreaElement | null };
  /** Buttons at the end. */
  children: React.ReactNode;
}

/** Chips of what the task will have, and the picker of one of them. */
function Details({ store, base, fieldRef, children }: DetailsProps) {
  const draft = useDraft(store);
  const reader = useDraftReader();
  const reading = useLazyModule(draftReading);
  const { open: picker, pick, close: closePicker } = usePicker();
  const isCoarse = useMediaQuery(COARSE_POINTER);
  const read = useMemo(() => reading?.readDraft(draft, base, reader()), [reading, draft, base, reader]);
  /** Applied to the draft as it is then: one choice may be made of two. */
  const change = (apply: (now: Draft, readNow: NonNullable<typeof read>) => Draft) => {
    if (reading) store.set(apply(store.get(), reading.readDraft(store.get(), base, reader())));
  };
  const close = (name: PickerName) => {
    closePicker(name);
    // On to what is left to write; on touch the keyboard would cover the chips.
    if (!isCoarse) setTimeout(() => focusAgain(fieldRef.current), 60);
  };
  return (
    <>
      <div className="quick-add-details">
        {read ? <DraftChips read={read} made={draft.made} onPick={pick} /> : null}
      </div>
      <footer className="quick-add-footer">
        <div className="min-w-0 flex-1">{read ? <PlaceChip read={read} made={draft.made} onPick={pick} /> : null}</div>
        {children}
      </footer>
      {picker && read ? (
        <DraftPicker
          name={picker.name}
          read={read}
          anchor={picker.anchor}
          onChoose={(name, value) => change((now, readNow) => choose(now, readNow, name, value))}
          onToggleLabel={(name) => change((now, readNow) => toggleLabel(now, readNow, name))}
          onPick={(name) => pick(name, picker.anchor.current ?? document.body)}
          onClose={() => close(picker.name)}
        />
      ) : null}
    </>
  );
}
