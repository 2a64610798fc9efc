/**
 * What `content/words.js` gives to the pages that load it before their own
 * module: there is one place that puts findings into words.
 */
declare const LANGUAGE: { texts: import('../protocol').Catalog | null };
declare function say(key: string, ...substitutions: string[]): string;
declare function sentence(
  key: string,
  parts: (() => Node | string)[],
): (Node | string)[];
declare function hostNode(
  document: Document,
  parts: import('../protocol').HostParts,
  marks?: number[],
): HTMLElement;
declare function marksOf(
  host: import('../protocol').HostParts,
  verdict: import('../protocol').Verdict,
): number[];
declare function headline(
  document: Document,
  verdict: import('../protocol').Verdict,
): (Node | string)[];
declare function compared(
  document: Document,
  verdict: import('../protocol').Verdict,
): HTMLElement | null;
declare function reasons(
  document: Document,
  verdict: import('../protocol').Verdict,
  most?: number,
): HTMLElement[];
declare function advice(verdict: import('../protocol').Verdict): string;
declare function incident(verdict: import('../protocol').Verdict): string;
