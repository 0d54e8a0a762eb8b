/** Prefixes that belong to programs: an unknown path there is an error, never the page of the web app. */
const FOR_PROGRAMS = /^\/(?:api|assets|dav|docs|healthz|mcp|metrics|openapi\.json|readyz|sw\.js)(?:\/|$)/;

/** Whether a path shows the page of the web app, which finds out by itself what belongs there. */
export function isPagePath(pathname: string): boolean {
  return !FOR_PROGRAMS.test(pathname);
}
