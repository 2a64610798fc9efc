/** The engine's WebAssembly, as `src/wasm.rs` gives it to JavaScript. */
declare module '*/engine/doppelcheck.js' {
  export default function init(options: {
    module_or_path: string | Uint8Array;
  }): Promise<unknown>;
  export function configure(
    policy?: unknown,
  ): import('./protocol').PolicyState['errors'];
  export function checkMessage(message: unknown): import('./protocol').Verdict;
  export function checkHost(host: string): import('./protocol').HostVerdict;
  export function checkLink(
    url: string,
    text: string,
  ): import('./protocol').LinkVerdict;
  export function checkText(
    text: string,
  ): Pick<import('./protocol').Verdict, 'level' | 'vendor' | 'findings'>;
  export function checkMail(source: Uint8Array): {
    message: import('./protocol').Message;
    verdict: import('./protocol').Verdict;
  };
  export function findSecret(
    text: string,
    answering: boolean,
  ): string | undefined;
  export function hostParts(
    host: string,
  ): import('./protocol').HostParts | null | undefined;
  export function vendor(id: string):
    | {
        id: string;
        name: string;
        domains: string[];
        open: string;
        report: string;
        never_asks: string[];
      }
    | null
    | undefined;
}
