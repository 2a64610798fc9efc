/**
 * The checker: any address, link, domain or mail, judged in the page.
 *
 * @typedef {typeof import('../engine/doppelcheck.js')} Engine
 */

import { anatomies } from '../background/anatomy.js';
import { button, byId, el } from '../ui/dom.js';
import { sign } from '../ui/shapes.js';
import { anatomyNodes, told, whatNow, why } from '../ui/verdict.js';

/** More is no mail that anybody reads. */
const MOST_BYTES = 25_000_000;

const EXAMPLES = [
  'paypa1.com',
  'https://openai.com.login-check.example/key',
  'Stripe <billing@stripe-pay.example>',
];

/**
 * @param {Engine} engine
 * @returns {{redraw: () => void}}
 */
export function startChecker(engine) {
  const field = /** @type {HTMLTextAreaElement} */ (byId('pasted'));
  const picker = /** @type {HTMLInputElement} */ (byId('file'));
  /** @type {() => HTMLElement[]} */
  let last = () => [];

  function redraw() {
    byId('result').replaceChildren(...last());
  }

  /** @param {string} text */
  function judge(text) {
    const pasted = text.trim();
    last = () => (pasted ? judged(engine, pasted) : []);
    redraw();
  }

  /** @param {File | null | undefined} file */
  async function take(file) {
    if (!file) {
      return;
    }
    if (file.size > MOST_BYTES) {
      last = () => [el('p', {}, say('www_file_large'))];
    } else {
      const source = new Uint8Array(await file.arrayBuffer());
      field.value = '';
      last = () => mailNodes(engine, source);
    }
    redraw();
  }

  field.addEventListener('input', () => judge(field.value));
  picker.addEventListener('change', async () => {
    await take(picker.files?.[0]);
    picker.value = '';
  });
  const drop = byId('drop');
  drop.addEventListener('dragover', (event) => {
    event.preventDefault();
    drop.classList.add('over');
  });
  drop.addEventListener('dragleave', () => drop.classList.remove('over'));
  drop.addEventListener('drop', async (event) => {
    drop.classList.remove('over');
    if (event.dataTransfer?.files.length) {
      event.preventDefault();
      await take(event.dataTransfer.files[0]);
    }
  });
  byId('examples').append(
    ...EXAMPLES.map((example) =>
      button(
        example,
        () => {
          field.value = example;
          judge(example);
        },
        'example',
      ),
    ),
  );
  return { redraw };
}

/**
 * @param {Engine} engine
 * @param {string} pasted
 * @returns {HTMLElement[]}
 */
function judged(engine, pasted) {
  const isMail = /^(from|received|return-path|subject|delivered-to):.*\n/im;
  return isMail.test(`${pasted}\n`) && pasted.includes('\n')
    ? mailNodes(engine, new TextEncoder().encode(pasted))
    : anatomyNodes(anatomies(engine, pasted));
}

/**
 * @param {Engine} engine
 * @param {Uint8Array} source
 * @returns {HTMLElement[]}
 */
function mailNodes(engine, source) {
  try {
    const { message, verdict } = engine.checkMail(source);
    const { level } = verdict;
    const warns = level === 'danger' || level === 'caution';
    const [from] = message.from;
    const state = warns ? level : level === 'note' ? 'note' : 'fine';
    return [
      el(
        'div',
        { class: `verdict level-${level} appear` },
        el(
          'div',
          { class: 'row judged' },
          sign(state, 28),
          el('p', { class: 'grow label' }, say(`popup_${state}`)),
        ),
        el(
          'p',
          { class: 'soft' },
          `${from?.name ?? ''} <${from?.address ?? ''}> · ${message.subject}`,
        ),
        ...(warns
          ? [...told(verdict), ...whatNow(verdict), ...why(verdict)]
          : [...why(verdict), el('p', {}, say('popup_fine_more'))]),
      ),
    ];
  } catch (error) {
    return [el('p', {}, say('www_no_mail'), ' ', String(error))];
  }
}
