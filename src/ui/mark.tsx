/** Fovea's mark: the page's icon, which is in the page itself, so that nothing is asked for it. */

const ICON = document.querySelector<HTMLLinkElement>('link[rel="icon"]')?.href;

/** @param size of a side, in CSS pixels */
export function Mark({ size }: { readonly size: number }) {
  return <img src={ICON} alt="" width={size} height={size} />;
}
