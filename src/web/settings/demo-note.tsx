import { Banner } from '#web/ui/banner.tsx';

/** Everybody who tries Tend uses the same demo account. */
export function DemoNote() {
  return (
    <Banner>The demo account is shared by everybody who tries Tend, so its name and password stay as they are.</Banner>
  );
}
