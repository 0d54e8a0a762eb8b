/** The mark of Tend beside its name. */
export function Brand() {
  return (
    <span className="inline-flex items-center gap-2 text-title-sm font-bold">
      <img src="/icon.svg" alt="" width="28" height="28" className="size-7" />
      Tend
    </span>
  );
}
