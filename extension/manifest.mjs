/**
 * The manifest, made for each browser from one source.
 */

/**
 * The public half of the key that fixes the extension's id in Chromium
 * (`eggdkcidfglbinbobalkjmfmbocakgaj` is derived from it), so that an
 * administrator's policy holds for every build.
 */
const KEY =
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEArtbzAjr3P8go4PDya3Sg' +
  'uERD7Gqewdvqm0ewfmuPSsd9J5TvQzoreCX3YK6yPXKv7K5QvDTYCuZkpJ21EcPu' +
  'WB4zKwM6JRdQCeL9fjHku8whpjZ0AnTT1RNhbfY6SEH8KBbsmtD3YwXvO1DRGHzu' +
  'IqHSp6QVXE9UoHE91G2sicbS0bpyKUQXupyCNg/QqJi5jSRt5QSh8KCHrLcty7rg' +
  'cOSSF0TEK0J3IvHOvN8bpmUzMJRxUgpz3mU4EirIzQ8j3Zg7m/HuMKPKM8x2thDY' +
  'yRaMQNXugsmfcYbF5eYIsAzbmovhNG5VCk1BgXAqNWm+zXMDDwW1o7V0YzYkF7Z2' +
  'lQIDAQAB';

/** The id that Firefox and its policies know. */
const GECKO_ID = 'doppelcheck@doppelcheck.example';

/**
 * @param {'chromium' | 'firefox'} browser
 * @param {string} version
 * @param {{matches: string[], page: string, frame: string}} content the
 *   content script, and what runs in frames in its stead
 * @returns {Record<string, unknown>} the manifest
 */
export function manifest(browser, version, content) {
  const worker = 'background/main.js';
  const everywhere = {
    matches: content.matches,
    run_at: 'document_idle',
    match_about_blank: true,
    match_origin_as_fallback: true,
  };
  return {
    manifest_version: 3,
    name: '__MSG_name__',
    description: '__MSG_summary__',
    default_locale: 'en',
    version,
    icons: icons([16, 32, 48, 128]),
    action: {
      default_icon: icons([16, 32]),
      default_popup: 'popup/popup.html',
      default_title: '__MSG_state_idle__',
    },
    options_ui: { page: 'options/options.html', open_in_tab: true },
    permissions: ['activeTab', 'scripting', 'storage'],
    host_permissions: content.matches,
    optional_host_permissions: ['*://*/*'],
    content_scripts: [
      { ...everywhere, js: [content.page], all_frames: false },
      { ...everywhere, js: [content.frame], all_frames: true },
    ],
    content_security_policy: {
      extension_pages:
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; " +
        "object-src 'none'; base-uri 'none'; form-action 'none'",
    },
    ...(browser === 'chromium'
      ? {
          background: { service_worker: worker, type: 'module' },
          key: KEY,
          minimum_chrome_version: '121',
          storage: { managed_schema: 'policy.schema.json' },
        }
      : {
          background: { scripts: [worker], type: 'module' },
          browser_specific_settings: {
            gecko: {
              id: GECKO_ID,
              strict_min_version: '142.0',
              data_collection_permissions: { required: ['none'] },
            },
          },
        }),
  };
}

/** @param {number[]} sizes */
function icons(sizes) {
  return Object.fromEntries(
    sizes.map((size) => [size, `icons/icon-${size}.png`]),
  );
}
