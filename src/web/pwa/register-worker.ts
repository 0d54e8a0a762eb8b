/** Part of the browser where the content security policy asks for trusted types. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): {
    createScriptURL(url: string): URL;
  };
}

const WORKER = '/sw.js';

/** Undefined where the browser refuses, as with storage blocked or in some private windows. */
export async function registerWorker(): Promise<ServiceWorkerRegistration | undefined> {
  const container: ServiceWorkerContainer | undefined = navigator.serviceWorker;
  if (!container) return undefined;
  try {
    // Never from the HTTP cache: it would hold a new version back.
    await container.register(trusted(WORKER), { updateViaCache: 'none' });
    return await container.getRegistration();
  } catch {
    return undefined;
  }
}

/** The policy of the pages refuses plain text as the address of a script; this one is always the same. */
function trusted(url: string): string | URL {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  if (!trustedTypes) return url;
  return trustedTypes.createPolicy('tend-service-worker', { createScriptURL: (text) => text }).createScriptURL(url);
}
