import { CalendarDays, ChevronLeft, Flag } from 'lucide-react';
import { type ReactNode, type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useCalendar } from '#web/dates/use-date-context.ts';
import type { DraftStore } from './draft.ts';
import { type NameKind, nameSigns } from './name-query.ts';
import { replaceText } from './replace-text.ts';
import { type BarChoice, dateChoices, PRIORITY_CHOICES } from './token-choices.ts';
import { useQuickAddSettings } from './use-draft-reader.ts';
import './token-bar.css';

const NAMES: Readonly<Record<NameKind, string>> = {
  project: 'Project',
  section: 'Section',
  label: 'Label',
  person: 'Person',
};

interface TokenBarProps {
  store: DraftStore;
  /** What the bar is laid out in: the dialog of the field, else the page. */
  container: Element;
  fieldRef: RefObject<HTMLTextAreaElement | null>;
}

/** What keyboards of phones hide, above them while the field has focus: signs for the caret, days and priorities. */
export function TokenBar({ store, container, fieldRef }: TokenBarProps) {
  const settings = useQuickAddSettings();
  const calendar = useCalendar();
  const [open, setOpen] = useState<'date' | 'priority' | null>(null);
  const ref = useAboveKeyboard(container);
  const insert = (text: string) => {
    setOpen(null);
    if (fieldRef.current) insertAtCaret(fieldRef.current, store, text);
  };
  const choices = open === 'date' ? dateChoices(calendar) : PRIORITY_CHOICES;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a press on it must not take focus from the field
    <div
      ref={ref}
      role="group"
      aria-label="Insert"
      className="token-bar"
      onPointerDown={(event) => event.preventDefault()}
      onMouseDown={(event) => event.preventDefault()}
    >
      {open === null ? (
        <>
          {nameSigns(settings).map(({ kind, signs }) => (
            <BarButton key={kind} label={NAMES[kind]} onPress={() => insert(signs.charAt(0))}>
              {signs.charAt(0)}
            </BarButton>
          ))}
          {settings.off.includes('priority') ? null : (
            <BarButton label="Priority" onPress={() => setOpen('priority')}>
              <Flag className="size-5" />
            </BarButton>
          )}
          {settings.dates === 'off' ? null : (
            <BarButton label="Date" onPress={() => setOpen('date')}>
              <CalendarDays className="size-5" />
            </BarButton>
          )}
        </>
      ) : (
        <>
          <BarButton label="Back" onPress={() => setOpen(null)}>
            <ChevronLeft className="size-5 rtl:rotate-180" />
          </BarButton>
          {choices.map((choice) => (
            <ChoiceButton key={choice.text} choice={choice} onPress={() => insert(`${choice.text} `)} />
          ))}
        </>
      )}
    </div>
  );
}

function BarButton({ label, onPress, children }: { label: string; onPress: () => void; children: ReactNode }) {
  return (
    <button type="button" tabIndex={-1} aria-label={label} className="token-button" onClick={onPress}>
      {children}
    </button>
  );
}

function ChoiceButton({ choice, onPress }: { choice: BarChoice; onPress: () => void }) {
  return (
    <button type="button" tabIndex={-1} className="token-button token-choice" onClick={onPress}>
      {choice.label}
    </button>
  );
}

/** Whether the field is being typed into; a press on the bar does not end it. */
export function useHasFocus(fieldRef: RefObject<HTMLElement | null>): boolean {
  const [hasFocus, setHasFocus] = useState(false);
  useEffect(() => {
    const field = fieldRef.current;
    if (!field) return undefined;
    const look = () => setHasFocus(document.activeElement === field);
    look();
    field.addEventListener('focus', look);
    field.addEventListener('blur', look);
    return () => {
      field.removeEventListener('focus', look);
      field.removeEventListener('blur', look);
    };
  }, [fieldRef]);
  return hasFocus;
}

/** At the lower edge of what the keyboard leaves of the window, wherever the bar is laid out. */
function useAboveKeyboard(container: Element): RefObject<HTMLDivElement | null> {
  const ref = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const viewport = window.visualViewport;
    const place = () => {
      const bar = ref.current;
      if (!bar) return;
      const room = container.getBoundingClientRect();
      const bottom = viewport ? viewport.offsetTop + viewport.height : innerHeight;
      bar.style.left = `${-room.left}px`;
      bar.style.top = `${bottom - bar.offsetHeight - room.top}px`;
      bar.style.width = `${document.documentElement.clientWidth}px`;
    };
    place();
    // A dialog moves while it opens.
    const settled = new ResizeObserver(place);
    settled.observe(container);
    container.addEventListener('animationend', place);
    viewport?.addEventListener('resize', place);
    viewport?.addEventListener('scroll', place);
    return () => {
      settled.disconnect();
      container.removeEventListener('animationend', place);
      viewport?.removeEventListener('resize', place);
      viewport?.removeEventListener('scroll', place);
    };
  }, [container]);
  return ref;
}

/** In place of what is selected; a sign must begin a word to be one. */
function insertAtCaret(field: HTMLTextAreaElement, store: DraftStore, text: string): void {
  const { selectionStart: start, selectionEnd: end, value } = field;
  const isInWord = start > 0 && !/\s/u.test(value.charAt(start - 1));
  replaceText(field, store, { start, end }, isInWord ? ` ${text}` : text);
}
