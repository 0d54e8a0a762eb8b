import { useEffect, useRef, useState } from 'react';

const ADDRESS_AFTER_MS = 300;

/**
 * Text that is typed here and kept in the address: after a pause, because browsers refuse addresses that change with
 * every key. A link or a step back to another text shows that one.
 */
export function useAddressedText(
  addressed: string,
  write: (text: string) => void,
): readonly [text: string, setText: (text: string) => void] {
  const [text, setText] = useState(addressed);
  const written = useRef(addressed);
  useEffect(() => {
    if (addressed === written.current) return;
    written.current = addressed;
    setText(addressed);
  }, [addressed]);
  useEffect(() => {
    if (text === written.current) return undefined;
    const timer = setTimeout(() => {
      written.current = text;
      write(text);
    }, ADDRESS_AFTER_MS);
    return () => clearTimeout(timer);
  }, [text, write]);
  return [text, setText];
}
