import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { isTameMarkdown } from './tame-markdown.ts';
import './markdown.css';

type Render = (text: string) => DocumentFragment;

let render: Render | null = null;
let loading: Promise<Render> | null = null;

/** Fetches the renderer, which is no part of the first screen. */
export function loadMarkdown(): Promise<Render> {
  loading ??= import('./render-markdown.ts').then((module) => {
    render = module.renderMarkdown;
    return render;
  });
  return loading;
}

/** Text with its markdown shown; as plain text until the renderer has arrived. */
export function Markdown({ text }: { text: string }) {
  const ref = useRef<HTMLDivElement>(null);
  const [ready, setReady] = useState(render !== null);
  useEffect(() => {
    let shown = true;
    if (!ready) {
      loadMarkdown().then(
        () => shown && setReady(true),
        // Offline without the chunk: the plain text stays, and the next mount tries again.
        () => {
          loading = null;
        },
      );
    }
    return () => {
      shown = false;
    };
  }, [ready]);
  const tame = useMemo(() => isTameMarkdown(text), [text]);
  useLayoutEffect(() => {
    if (ready && tame && render) ref.current?.replaceChildren(render(text));
  }, [ready, tame, text]);
  // React has no child here once the renderer fills the element.
  return ready && tame ? (
    <div key="rendered" ref={ref} className="markdown" />
  ) : (
    <div key="plain" className="markdown whitespace-pre-wrap">
      {text}
    </div>
  );
}
