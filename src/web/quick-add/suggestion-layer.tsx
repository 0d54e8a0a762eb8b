import { clsx } from 'clsx';
import { type ReactNode, type RefObject, useLayoutEffect, useRef } from 'react';
import { Kbd } from '#web/ui/kbd.tsx';
import type { NameKind } from './name-query.ts';
import { rectAt } from './text-rect.ts';
import type { Suggestions } from './use-suggestions.ts';
import './suggestions.css';

const LIST_NAMES: Readonly<Record<NameKind, string>> = {
  project: 'Projects',
  section: 'Sections',
  label: 'Labels',
  person: 'People',
};

interface SuggestionLayerProps {
  suggestions: Suggestions;
  /** What the layer is laid out in: the dialog of the field, else the page. */
  container: Element;
  mirrorRef: RefObject<HTMLElement | null>;
}

/** Names at the caret, or what Tab accepts. The field keeps focus: pointers choose, keys go through the field. */
export function SuggestionLayer({ suggestions, container, mirrorRef }: SuggestionLayerProps) {
  const { list, query, hint, hintWords } = suggestions;
  const at = list.length > 0 ? query?.start : hint?.start;
  if (list.length === 0 && hintWords === '') return null;
  return (
    <Anchored at={at ?? 0} belowAll={list.length === 0} container={container} mirrorRef={mirrorRef}>
      {list.length > 0 ? (
        <NameList suggestions={suggestions} />
      ) : (
        <button type="button" tabIndex={-1} className="suggestion-hint" onClick={suggestions.acceptHint}>
          <span className="coarse:hidden">
            <Kbd keys="Tab" />
          </span>
          {hintWords}
        </button>
      )}
    </Anchored>
  );
}

function NameList({ suggestions }: { suggestions: Suggestions }) {
  const { list, active, listId, query } = suggestions;
  return (
    <ul role="listbox" id={listId} aria-label={LIST_NAMES[query?.kind ?? 'project']} className="suggestion-list">
      {list.map((each, index) => (
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the field has the keyboard
        <li
          key={each.id ?? 'make'}
          id={`${listId}-${index}`}
          role="option"
          aria-selected={index === active}
          className={clsx('choice-option', index === active && 'choice-option-active')}
          onPointerMove={() => {
            if (index !== active) suggestions.point(index);
          }}
          onClick={() => suggestions.accept(index)}
        >
          <span className="choice-icon">{each.icon}</span>
          <span className="min-w-0 flex-1 truncate">
            {each.id === null ? `Create ${each.kind} “${each.name}”` : each.name}
          </span>
          {index === Math.max(active, 0) ? (
            <span aria-hidden="true" className="coarse:hidden">
              <Kbd keys={active < 0 ? 'Tab' : 'Enter'} />
            </span>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

interface AnchoredProps {
  /** Index into the text. */
  at: number;
  /** Below all lines of the text: what is only a hint covers none of them. */
  belowAll: boolean;
  container: Element;
  mirrorRef: RefObject<HTMLElement | null>;
  children: ReactNode;
}

const GAP = 6;
const EDGE = 8;

/** Below the text at an index, or above it where there is more room, and never beyond the window. */
function Anchored({ at, belowAll, container, mirrorRef, children }: AnchoredProps) {
  const ref = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const place = () => {
      const [layer, mirror] = [ref.current, mirrorRef.current];
      if (!layer || !mirror) return;
      const text = rectAt(mirror, at);
      const field = (mirror.parentElement ?? mirror).getBoundingClientRect();
      const room = container.getBoundingClientRect();
      const bottom = visibleBottom();
      const { offsetWidth: width, offsetHeight: height } = layer;
      const below = (belowAll ? Math.max(text.bottom, field.bottom - GAP) : text.bottom) + GAP;
      const isBelow = below + height <= bottom - EDGE || bottom - text.bottom > text.top;
      const left = Math.min(Math.max(text.left - EDGE, field.left, EDGE), innerWidth - width - EDGE);
      layer.style.left = `${left - room.left}px`;
      layer.style.top = `${(isBelow ? below : text.top - GAP - height) - room.top}px`;
    };
    place();
    // Whatever scrolls takes the text along.
    addEventListener('scroll', place, { capture: true, passive: true });
    addEventListener('resize', place);
    return () => {
      removeEventListener('scroll', place, { capture: true });
      removeEventListener('resize', place);
    };
  });
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- a press on it must not take focus from the field
    <div ref={ref} className="suggestion-layer" onPointerDown={(event) => event.preventDefault()}>
      {children}
    </div>
  );
}

/** Where the keyboard of a phone, or the bar above it, begins. */
function visibleBottom(): number {
  const end = visualViewport ? visualViewport.offsetTop + visualViewport.height : innerHeight;
  return end - (document.querySelector<HTMLElement>('.token-bar')?.offsetHeight ?? 0);
}
