/** What runs inside the page; given to it as text, so it uses nothing from outside. */
export interface Probe {
  firstRow: number | null;
  lcp: number;
  shift: number;
  keys: { paint: number; work: number }[];
  frames: number[];
  blanks: number;
  seen: Record<string, number>;
  record(list: boolean): void;
  stop(): void;
  watchText(text: string): void;
  /** Begins to watch the next key. */
  watchKey(): void;
  /** From its press to the paint of the last change of the page so far. */
  keyPainted(): number;
}

declare global {
  interface Window {
    probe: Probe;
  }
}

export function installProbe(): void {
  const probe: Probe = {
    firstRow: null,
    lcp: 0,
    shift: 0,
    keys: [],
    frames: [],
    blanks: 0,
    seen: {},
    record,
    stop: () => {
      recording = false;
    },
    watchText,
    watchKey,
    keyPainted: () => watched.painted - watched.pressed,
  };
  window.probe = probe;
  const watched = { pressed: 0, painted: 0 };
  const changes = new MutationObserver(() => afterPaint(sawKeyPaint));
  let recording = false;

  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) probe.lcp = entry.startTime;
  }).observe({ type: 'largest-contentful-paint', buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) {
      if (!entry.hadRecentInput) probe.shift += entry.value;
    }
  }).observe({ type: 'layout-shift', buffered: true });

  const rows = new MutationObserver(() => {
    if (!document.querySelector('.task-row')) return;
    rows.disconnect();
    afterPaint((now) => {
      probe.firstRow = now;
    });
  });
  rows.observe(document, { childList: true, subtree: true });

  function afterPaint(report: (now: number) => void): void {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener('message', () => report(performance.now()));
      port1.start();
      port2.postMessage(null);
    });
  }

  // From the press to the first moment after the frame that shows it, and the part of it that is our own work.
  addEventListener(
    'keydown',
    (event) => {
      const begun = performance.now();
      const sample = { paint: 0, work: 0 };
      setTimeout(() => {
        sample.work = performance.now() - begun;
      }, 0);
      afterPaint((now) => {
        sample.paint = now - event.timeStamp;
        probe.keys.push(sample);
      });
    },
    { capture: true },
  );

  function watchKey(): void {
    watched.pressed = 0;
    watched.painted = 0;
    changes.observe(document, { childList: true, subtree: true, characterData: true, attributes: true });
    addEventListener(
      'keydown',
      (event) => {
        watched.pressed = event.timeStamp;
        afterPaint(sawKeyPaint);
      },
      { capture: true, once: true },
    );
  }

  function sawKeyPaint(now: number): void {
    if (watched.pressed > 0) watched.painted = now;
  }

  function record(list: boolean): void {
    recording = true;
    probe.frames = [];
    probe.blanks = 0;
    let before = performance.now();
    const tick = (now: number) => {
      probe.frames.push(now - before);
      before = now;
      if (list && isBlank()) probe.blanks++;
      if (recording) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  }

  /** Whether any of five places down the list shows no row. */
  function isBlank(): boolean {
    const box = document.querySelector('main [data-scroll-container]')?.getBoundingClientRect();
    if (!box) return true;
    return [0.1, 0.3, 0.5, 0.7, 0.9].some((share) => {
      const hit = document.elementFromPoint(box.left + box.width / 2, box.top + box.height * share);
      return !hit?.closest('[data-row-key], .new-section');
    });
  }

  function watchText(text: string): void {
    const observer = new MutationObserver(() => {
      if (!document.body.textContent.includes(text)) return;
      observer.disconnect();
      afterPaint(() => {
        probe.seen[text] = Date.now();
      });
    });
    observer.observe(document.body, { childList: true, subtree: true, characterData: true });
  }
}
