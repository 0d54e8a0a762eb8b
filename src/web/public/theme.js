// Blocking and first in <head>, so that the first paint already has the right colours. Twin of theme/theme.ts.
(() => {
  let preference = 'system';
  try {
    preference = localStorage.getItem('tend.theme') || 'system';
  } catch {
    // Storage may be blocked: follow the system.
  }
  const media = (query) => window.matchMedia(query).matches;
  const dark = preference === 'dark' || (preference !== 'light' && media('(prefers-color-scheme: dark)'));
  const root = document.documentElement;
  root.dataset.theme = dark ? 'dark' : 'light';
  if (preference === 'contrast' || media('(prefers-contrast: more)')) root.dataset.contrast = 'high';
  const meta = document.querySelector('meta[name="theme-color"]');
  if (meta) meta.content = dark ? '#101210' : '#f3f5f2';
})();
