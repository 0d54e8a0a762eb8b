import { keyLabels } from './key-labels.ts';

/** A shortcut as the keyboard shows it; `keys` as in the keymap, for example `Mod+Shift+K` or `g i`. */
export function Kbd({ keys }: { keys: string }) {
  return (
    <kbd className="inline-flex items-center gap-1 font-sans text-caption text-fg-tertiary">
      {keyLabels(keys).map((step, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- the steps of one shortcut never move
        <span key={index} className="inline-flex gap-0.5">
          {step.map((label) => (
            <span
              key={label}
              className="inline-grid h-4.5 min-w-4.5 place-items-center rounded-sm border border-line bg-canvas px-1 text-fg-secondary"
            >
              {label}
            </span>
          ))}
        </span>
      ))}
    </kbd>
  );
}
