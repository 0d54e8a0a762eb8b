export const settingsSections = [
  { id: 'account', title: 'Account' },
  { id: 'security', title: 'Security' },
  { id: 'sessions', title: 'Sessions' },
  { id: 'appearance', title: 'Appearance' },
  { id: 'datetime', title: 'Date & time' },
  { id: 'quick-add', title: 'Quick add' },
  { id: 'shortcuts', title: 'Shortcuts' },
  { id: 'about', title: 'About' },
] as const;

export type SettingsSectionId = (typeof settingsSections)[number]['id'];

export function findSettingsSection(id: string): SettingsSectionId | undefined {
  return settingsSections.find((section) => section.id === id)?.id;
}
