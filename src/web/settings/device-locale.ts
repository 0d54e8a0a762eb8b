/** The locale of this device, if its shape is one that settings keep. */
export function detectLocale(): string {
  const { language } = navigator;
  return /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/.test(language) ? language : 'en';
}

/** The zone of this device; UTC where the browser does not tell. */
export function detectTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
}
