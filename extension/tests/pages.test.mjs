// Every page of ours in Chromium, in both colour schemes: axe finds nothing,
// nothing overflows sideways, and nothing throws. Needs dist/chromium.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const EXTENSION = fileURLToPath(
  new URL('../../dist/chromium', import.meta.url),
);
const BASE = 'chrome-extension://eggdkcidfglbinbobalkjmfmbocakgaj/';
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** A tab that is not there: the popup takes what is stored for it. */
const TAB = 987654321;

const MAILS = {
  danger: {
    name: 'PayPal Service',
    address: 'service@paypa1-kundencenter.example',
    text: 'Bestätigen Sie sofort Ihr Konto, sonst wird es gesperrt.',
  },
  caution: {
    name: 'OpenAI Billing',
    address: 'billing@mail-notice.example',
    text: 'See the invoice of your OpenAI account. The OpenAI team',
  },
  fine: { name: 'Anna', address: 'anna@verein.example', text: 'Bis morgen' },
};

/** @type {Awaited<ReturnType<typeof startBrowser>>} */
let browser;
before(async () => {
  browser = await startBrowser();
});
after(() => browser?.stop());

for (const scheme of ['light', 'dark']) {
  test(`the options, ${scheme}`, async () => {
    const page = await browser.open('options/options.html', scheme);
    await page.until("document.getElementById('remembered').textContent");
    await page.isSound(360);
  });

  for (const state of ['danger', 'caution', 'fine', 'unread', 'idle']) {
    test(`the popup at “${state}”, ${scheme}`, async () => {
      const page = await browser.open('options/options.html', scheme);
      await page.until("document.getElementById('remembered').textContent");
      await page.evaluate(
        `(${store})(${JSON.stringify({
          tab: TAB,
          state,
          mail: MAILS[state] ?? null,
        })})`,
      );
      await page.go(`popup/popup.html?tab=${TAB}`);
      await page.until("document.getElementById('site').textContent");
      const level = await page.evaluate('document.body.className');
      assert.equal(level, `level-${state}`);
      const shown = state in MAILS && state !== 'fine';
      const verdicts = "document.querySelectorAll('.verdict li').length";
      assert.equal((await page.evaluate(verdicts)) > 0, shown);
      await page.isSound(384);
    });
  }

  test(`the training page, ${scheme}`, async () => {
    const page = await browser.open('training.html', scheme);
    await page.until("document.querySelectorAll('.entry').length === 8");
    await page.isSound(360);
    const levels = await page.evaluate(`(${answerAll})()`);
    assert.deepEqual(levels, {
      'OpenAI Billing': true,
      'Anna Berger': false,
      'PayPal Kundenschutz': true,
      OpenAI: false,
      Klarna: true,
      Stripe: false,
      'ChatGPT Security Team': true,
      PayPal: false,
    });
    await page.isSound(360);
  });
}

/**
 * Runs in a page of the extension: has a mail judged and stores it as the
 * open one of a tab.
 */
async function store({ tab, state, mail }) {
  const answer = mail
    ? await chrome.runtime.sendMessage({
        kind: 'mail',
        source: `From: ${mail.name} <${mail.address}>\nSubject: x\n\n${mail.text}\n`,
      })
    : null;
  const message = {
    key: state,
    frame: 0,
    verdict: answer?.verdict ?? null,
    unread: null,
    trusted: null,
    scopes: ['message', 'sender'],
  };
  await chrome.storage.session.set({
    [`tab-${tab}`]: {
      state,
      site: 'webmail.example',
      recipe: 'roundcube',
      webmail: 'Roundcube',
      unread: state === 'unread' ? 'no-sender' : null,
      messages: answer ? [message] : [],
    },
  });
}

/** Runs in the training page: decides all; tells of whom is warned. */
function answerAll() {
  /** @type {Record<string, boolean>} */
  const warned = {};
  for (let i = 0; i < 8; i++) {
    document.querySelectorAll('.entry')[i].click();
    const name = document.querySelector('.from .entry-name').textContent;
    document.querySelector('.question button').click();
    const { classList } = document.querySelector('.mail-pane .verdict');
    warned[name] =
      classList.contains('level-danger') || classList.contains('level-caution');
  }
  document.querySelector('.entry').click();
  document.querySelector('.example').click();
  return warned;
}

/** Chromium with the extension, driven through a pipe. */
async function startBrowser() {
  const profile = await mkdtemp(join(tmpdir(), 'doppelcheck-pages-'));
  const program = process.env.DOPPELCHECK_CHROMIUM ?? '/usr/bin/chromium';
  const child = spawn(
    program,
    [
      '--headless=new',
      '--remote-debugging-pipe',
      '--no-first-run',
      '--lang=en',
      `--user-data-dir=${profile}`,
      '--disable-features=DisableLoadExtensionCommandLineSwitch',
      `--load-extension=${EXTENSION}`,
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      'about:blank',
    ],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] },
  );
  const axe = await readFile(AXE, 'utf8');
  const waiting = new Map();
  const thrown = [];
  let last = 0;
  let rest = '';
  child.stdio[4].setEncoding('utf8').on('data', (data) => {
    const messages = (rest + data).split('\0');
    rest = messages.pop() ?? '';
    for (const message of messages.map((m) => JSON.parse(m))) {
      waiting.get(message.id)?.(message);
      if (message.method === 'Runtime.exceptionThrown') {
        thrown.push(message.params.exceptionDetails);
      }
    }
  });

  /** Sends a command and waits for its result. */
  async function send(method, params = {}, sessionId = undefined) {
    last += 1;
    const id = last;
    const answer = new Promise((resolve) => waiting.set(id, resolve));
    const command = { id, method, params, sessionId };
    child.stdio[3].write(`${JSON.stringify(command)}\0`);
    const { result, error } = await answer;
    waiting.delete(id);
    assert.ok(result, `${method}: ${error?.message}`);
    return result;
  }

  /** Opens a page of the extension. */
  async function open(path, scheme) {
    const { targetId } = await send('Target.createTarget', {
      url: 'about:blank',
    });
    const attached = { targetId, flatten: true };
    const { sessionId } = await send('Target.attachToTarget', attached);
    const order = (method, params) => send(method, params, sessionId);
    await order('Runtime.enable');
    const features = [
      { name: 'prefers-color-scheme', value: scheme },
      { name: 'prefers-reduced-motion', value: 'reduce' },
    ];
    await order('Emulation.setEmulatedMedia', { features });

    async function evaluate(expression) {
      const { result, exceptionDetails } = await order('Runtime.evaluate', {
        expression,
        awaitPromise: true,
        returnByValue: true,
      });
      assert.ok(!exceptionDetails, exceptionDetails?.exception?.description);
      return result.value;
    }

    /** Waits for the page to be so far. */
    async function until(condition) {
      const watch = `new Promise((done, fail) => {
        const end = Date.now() + 15000;
        const look = () => {
          let found = false;
          try { found = Boolean(${condition}); } catch {}
          if (found) done(true);
          else if (Date.now() > end) fail(new Error('never came'));
          else setTimeout(look, 20);
        };
        look();
      })`;
      await evaluate(watch).catch((error) => {
        assert.fail(`${path}: ${condition}: ${error.message}`);
      });
    }

    async function go(to) {
      await order('Page.enable');
      await order('Page.navigate', { url: BASE + to });
      await until("document.readyState === 'complete'");
    }

    /** axe finds nothing, and the page is no wider than its window. */
    async function isSound(width) {
      const size = { width, height: 900, deviceScaleFactor: 1, mobile: false };
      await order('Emulation.setDeviceMetricsOverride', size);
      await evaluate(axe);
      const violations = await evaluate(
        `axe.run({ resultTypes: ['violations'] }).then(({ violations }) =>
          violations.map(({ id, nodes }) =>
            id + ': ' + nodes.map(({ html }) => html).join(' ')))`,
      );
      assert.deepEqual(violations, []);
      const wide = await evaluate('document.documentElement.scrollWidth');
      assert.ok(wide <= width, `${path} is ${wide} wide, not ${width}`);
      assert.deepEqual(thrown, []);
    }

    await go(path);
    return { evaluate, until, go, isSound };
  }

  async function stop() {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill();
    await ended;
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }

  return { open, stop };
}
