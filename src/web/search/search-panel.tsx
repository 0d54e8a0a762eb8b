import { Search, SearchX } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useState } from 'react';
import { SEARCH_KINDS, type SearchKind } from '#core/search/search-entry.ts';
import { useSessionState } from '#web/auth/session.ts';
import { navigate } from '#web/navigation.ts';
import { useReplica } from '#web/replica/use-query.ts';
import { routes } from '#web/routes.ts';
import { deviceNotes } from '#web/ui/device-notes.ts';
import { Kbd } from '#web/ui/kbd.tsx';
import { openResult } from './open-result.ts';
import { RecentSearches } from './recent-searches.ts';
import type { SearchOption } from './search-groups.ts';
import { SearchList } from './search-list.tsx';
import { QUERY_MAX } from './server-search.ts';
import { useActiveOption } from './use-active-option.ts';
import { type Offers, useSearchOffers } from './use-search-offers.ts';
import './search.css';

export interface SearchPanelProps {
  text: string;
  onText: (text: string) => void;
  kinds?: readonly SearchKind[];
  /** Called before something opens: a dialog gets out of the way. */
  onDone: () => void;
  /** At the end of the field, for example the button that closes. */
  aside?: ReactNode;
}

/** A field and what it finds below it: a combobox whose list is always open. */
export function SearchPanel({ text, onText, kinds = SEARCH_KINDS, onDone, aside }: SearchPanelProps) {
  const replica = useReplica();
  const session = useSessionState();
  const id = useId();
  const recent = useRecentSearches(replica.account.userId);
  const offers = useSearchOffers({ text, kinds, recent: recent.texts });
  const options = offers.groups.flatMap((group) => group.options);
  const active = useActiveOption(options);

  const change = (next: string): void => {
    onText(next);
    active.reset();
  };
  const move = (to: number): void => {
    active.set(to);
    const next = Math.max(0, Math.min(options.length - 1, to));
    document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: 'nearest' });
  };
  const choose = (option: SearchOption | undefined, inProject: boolean): void => {
    if (option?.type === 'recent') return change(option.text);
    if (option?.type === 'more') return offers.showAll(option.kind);
    if (option?.type === 'server') return offers.askServer();
    if (!option) return undefined;
    onDone();
    if (option.type === 'create') return navigate(routes.add.href({}, { title: text.trim() }));
    recent.add(text);
    // What this device lacks shows once it has arrived.
    if (option.row.remote && session.type === 'signed-in') session.device.syncNow();
    return openResult(replica, option.row.target, inProject);
  };
  const handleKey = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const to = movedTo(event, active.index, options.length);
    if (to !== undefined) move(to);
    else if (event.key === 'Enter') choose(active.option, event.ctrlKey || event.metaKey);
    else if (event.key === 'Delete' && text === '' && active.option?.type === 'recent')
      recent.remove(active.option.text);
    else return;
    event.preventDefault();
  };

  return (
    <div className="search-panel">
      <div className="search-field">
        <Search aria-hidden="true" className="search-field-icon" />
        <input
          autoFocus
          role="combobox"
          type="text"
          inputMode="search"
          enterKeyHint="search"
          aria-label="Search"
          aria-expanded={options.length > 0}
          aria-controls={options.length > 0 ? id : undefined}
          aria-activedescendant={options.length > 0 ? `${id}-${active.index}` : undefined}
          aria-autocomplete="list"
          placeholder="Tasks, projects, comments…"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          maxLength={QUERY_MAX}
          value={text}
          onChange={(event) => change(event.target.value)}
          onKeyDown={handleKey}
          className="search-input"
        />
        {aside}
      </div>
      <div data-scroll-container="" className="search-scroll">
        {text.trim() === '' ? <Beginning texts={recent.texts} onClear={recent.clear} /> : null}
        {offers.nothing ? <Nothing text={text.trim()} /> : null}
        {options.length === 0 ? null : (
          <SearchList
            id={id}
            label={text.trim() === '' ? 'Recent searches' : 'Results'}
            groups={offers.groups}
            active={active.option}
            onActivate={(option) => active.set(options.indexOf(option))}
            onChoose={choose}
          />
        )}
        {offers.note === null ? null : <p className="search-note">{offers.note}</p>}
      </div>
      <KeyHints />
      <SpokenCount offers={offers} text={text.trim()} />
    </div>
  );
}

const PAGE = 8;

/** The option that a key leads to; undefined for keys that lead nowhere. */
function movedTo(event: KeyboardEvent, index: number, count: number): number | undefined {
  if (count === 0 || event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return undefined;
  switch (event.key) {
    case 'ArrowDown':
      return index + 1;
    case 'ArrowUp':
      return index - 1;
    case 'PageDown':
      return index + PAGE;
    case 'PageUp':
      return index - PAGE;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}

function Beginning({ texts, onClear }: { texts: readonly string[]; onClear: () => void }) {
  if (texts.length === 0) {
    return (
      <p className="search-beginning">
        Finds words in titles, descriptions, comments, labels and projects, completed ones too.
      </p>
    );
  }
  return (
    <div className="search-recent">
      <span>Recent searches</span>
      <button type="button" className="search-clear" onClick={onClear}>
        Clear
      </button>
    </div>
  );
}

function Nothing({ text }: { text: string }) {
  return (
    <div className="search-nothing">
      <SearchX aria-hidden="true" className="size-5 shrink-0 text-fg-tertiary" />
      <p className="min-w-0 break-words">
        No task contains “{text}”
        <span className="block text-body-sm text-fg-secondary">No comment, label or project either.</span>
      </p>
    </div>
  );
}

function KeyHints() {
  return (
    <div aria-hidden="true" className="search-keys">
      <span>
        <Kbd keys="ArrowUp" /> <Kbd keys="ArrowDown" /> choose
      </span>
      <span>
        <Kbd keys="Enter" /> open
      </span>
      <span>
        <Kbd keys="Mod+Enter" /> open in its project
      </span>
    </div>
  );
}

const SPEAK_AFTER_MS = 600;

/** How much was found, once the typing pauses. */
function SpokenCount({ offers, text }: { offers: Offers; text: string }) {
  const { count, nothing } = offers;
  const words =
    text === '' ? '' : nothing ? `No task contains ${text}.` : count === 1 ? '1 result.' : `${count} results.`;
  const [spoken, setSpoken] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSpoken(words), SPEAK_AFTER_MS);
    return () => clearTimeout(timer);
  }, [words]);
  return (
    <p role="status" className="sr-only">
      {spoken}
    </p>
  );
}

function useRecentSearches(userId: string) {
  const [kept] = useState(() => new RecentSearches(deviceNotes, userId));
  const [texts, setTexts] = useState(() => kept.list());
  const after = (change: () => void): void => {
    change();
    setTexts(kept.list());
  };
  return {
    texts,
    add: (text: string) => after(() => kept.add(text)),
    remove: (text: string) => after(() => kept.remove(text)),
    clear: () => after(() => kept.clear()),
  };
}
