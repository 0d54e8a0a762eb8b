import { useEffect, useRef, useState } from 'react';
import { useSession } from '#web/auth/session.ts';
import { searchServer, type ServerHit } from './server-search.ts';

export type ServerResults =
  | { readonly state: 'idle' | 'loading' | 'failed' }
  | { readonly state: 'done'; readonly hits: readonly ServerHit[] };

export interface ServerSearch {
  readonly results: ServerResults;
  readonly ask: () => void;
}

const IDLE: ServerResults = { state: 'idle' };

/** What the server finds for a text, once somebody asks. Another text begins anew. */
export function useServerSearch(text: string): ServerSearch {
  const { http } = useSession().api;
  const [found, setFound] = useState<{ readonly text: string; readonly results: ServerResults }>();
  const running = useRef<AbortController>(null);
  useEffect(() => () => running.current?.abort(), [text]);

  const ask = (): void => {
    const controller = new AbortController();
    running.current?.abort();
    running.current = controller;
    const set = (results: ServerResults): void => {
      if (!controller.signal.aborted) setFound({ text, results });
    };
    set({ state: 'loading' });
    searchServer(http, text, controller.signal).then(
      (hits) => set({ state: 'done', hits }),
      () => set({ state: 'failed' }),
    );
  };
  return { results: found?.text === text ? found.results : IDLE, ask };
}
