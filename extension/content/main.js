// Watches the page: finds open messages, has them judged in the background,
// draws what comes back. Decides nothing itself.

/** How long the page must have been changed before it is read again. */
const PAUSE = 150;
/** How many times as long as a scan the page is then left alone. */
const REST_FACTOR = 4;
/** How long a message may be half there before it counts as not checked. */
const PATIENCE = 2500;
/** How often a shown warning is looked after. */
const CARE = 1000;

/**
 * An open message that is being watched.
 *
 * @typedef {object} Watched
 * @property {Element} place
 * @property {Element | null} root
 * @property {string} headers what was read of its headers
 * @property {boolean} dirty whether its body changed since it was read
 * @property {string} key
 * @property {Content | null} content
 * @property {Banner | null} banner
 * @property {Guard | null} guard
 * @property {boolean} focused whether the keyboard was in its banner
 * @property {Found} found
 */

/** @type {Watched[]} */
let watched = [];
/** @type {Recipe | null} */
let recipe = null;
/** @type {ReturnType<typeof setTimeout> | null} */
let planned = null;
/** The recipe that the user or the administrator set for this host. */
let chosenRecipe = '';
/** Recipes of the administrator. */
/** @type {Recipe[]} */
let ownRecipes = [];
let scanning = false;
let again = false;
/** When the page first showed a message that could not be read. */
let blindSince = 0;
/**
 * Messages whose sender the user said to know while this page was open: their
 * banner stays as a line that takes it back.
 *
 * @type {Set<string>}
 */
const JUST_KNOWN = new Set();
/** What was last told to the background. */
let told = '';
/** @type {WeakSet<Node>} */
const observed = new WeakSet();
const observer = new MutationObserver(onMutations);

/**
 * Asks the background; after an update of the extension nobody answers this
 * script any more, and it takes itself away.
 *
 * @template {import('../protocol').Request['kind']} K
 * @param {Extract<import('../protocol').Request, {kind: K}>} request
 * @returns {Promise<import('../protocol').Answer[K] | null>}
 */
async function ask(request) {
  if (!chrome.runtime?.id) {
    leave();
    return null;
  }
  const send = () => chrome.runtime.sendMessage(request);
  try {
    // A background that is just falling asleep hears only the second call.
    const answer = await send().catch(send);
    return answer && typeof answer === 'object' && 'error' in answer
      ? null
      : answer;
  } catch {
    return null;
  }
}

function leave() {
  observer.disconnect();
  clearInterval(care);
  for (const message of watched) {
    forget(message);
  }
  watched = [];
}

/** @param {MutationRecord[]} records */
function onMutations(records) {
  let theirs = false;
  for (const record of records) {
    if (isOurs(record)) {
      continue;
    }
    theirs = true;
    const clean = watched.filter(({ dirty, root }) => !dirty && root);
    if (!clean.length) {
      break;
    }
    for (const message of clean) {
      message.dirty = holdsNode(message, record.target);
    }
  }
  if (theirs) {
    plan();
  }
}

/**
 * Whether a node stands in a message's body. Firefox lets nothing be asked
 * of a body whose frame is gone; such a message is read anew.
 *
 * @param {Watched} message
 * @param {Node} node
 */
function holdsNode({ root }, node) {
  try {
    return root !== null && isWithin(root, node);
  } catch {
    return true;
  }
}

/** @param {MutationRecord} record */
function isOurs(record) {
  if (OURS.has(record.target)) {
    return true;
  }
  if (record.type === 'childList') {
    // Only what we add is ours: what the page removes must be put back.
    return (
      record.removedNodes.length === 0 &&
      [...record.addedNodes].every((node) => OURS.has(node))
    );
  }
  const target = /** @type {Element} */ (record.target);
  return (
    record.attributeName === 'style' &&
    watched.some(
      ({ guard, banner }) =>
        guard?.outlined.has(target) || banner?.before === target,
    )
  );
}

/** Plans a scan; under a storm of changes they stay apart. */
function plan(pause = PAUSE) {
  if (scanning) {
    again = true;
  } else if (planned === null) {
    planned = setTimeout(scan, pause);
  }
}

async function scan() {
  planned = null;
  scanning = true;
  again = false;
  await drawn();
  const start = performance.now();
  try {
    if (isPart()) {
      observe(document);
      guardDocument(document);
      await readPart();
    } else {
      await readPage();
    }
  } catch (error) {
    // Whatever the page did: what could not be read never looks safe.
    console.error(error);
    await tell('no-body', 0);
  } finally {
    scanning = false;
    if (again) {
      plan(Math.max(PAUSE, (performance.now() - start) * REST_FACTOR));
    }
  }
}

async function readPage() {
  const { found, unread } = look();
  await follow(found);
  await tell(unread, found.length);
  if (recipe) {
    await markRows(recipe, readableDocuments(document));
  }
}

/**
 * Waits until the page was drawn: asking where things stand then has nothing
 * laid out in our own time. A page that is not shown is never drawn.
 */
function drawn() {
  return new Promise((resolve) => {
    const late = setTimeout(resolve, 2 * PAUSE, null);
    requestAnimationFrame(() => {
      clearTimeout(late);
      setTimeout(resolve, 0, null);
    });
  });
}

function look() {
  recipe = recipeFor(document, location.host, chosenRecipe, ownRecipes);
  for (const readable of readableDocuments(document)) {
    observe(readable);
    guardDocument(readable);
    watchTyping(readable);
    watchSending(readable);
  }
  if (!recipe) {
    return { found: [], unread: null };
  }
  observeRows(recipe);
  const result = findMessages(recipe, document);
  for (const message of result.found) {
    const root = message.place.getRootNode();
    if (root.nodeType === Node.DOCUMENT_FRAGMENT_NODE) {
      observe(root);
    }
    const inner = frameDocument(message.place);
    if (inner) {
      observe(inner);
      guardDocument(inner);
    }
  }
  return result;
}

/**
 * Observes the shadow roots in which a list's rows stand.
 *
 * @param {Recipe} recipe
 */
function observeRows({ rows }) {
  const steps = rows?.row.split('>>>') ?? [];
  for (let entered = 1; entered < steps.length; entered++) {
    const hosts = deepQueryAll(document, steps.slice(0, entered).join('>>>'));
    for (const host of hosts) {
      const shadow = shadowOf(host);
      if (shadow) {
        observe(shadow);
      }
    }
  }
}

/** @param {Node} root */
function observe(root) {
  if (observed.has(root)) {
    return;
  }
  observed.add(root);
  observer.observe(root, {
    childList: true,
    subtree: true,
    characterData: true,
    attributes: true,
    attributeFilter: [
      'action',
      'class',
      'content',
      'email',
      'formaction',
      'hidden',
      'href',
      'open',
      'src',
      'style',
      'title',
    ],
  });
  listen(root, 'load', () => plan(), true);
}

/**
 * Keeps what is unchanged, judges what is new, forgets what is gone.
 *
 * @param {Found[]} found
 */
async function follow(found) {
  const before = watched;
  watched = found.map(
    (message) => before.find((old) => isSame(old, message)) ?? fresh(message),
  );
  for (const old of before) {
    if (!watched.includes(old)) {
      forget(old);
    }
  }
  for (const message of watched) {
    if (message.dirty) {
      await judge(message);
    } else {
      message.banner?.keep();
      message.guard?.mark();
    }
  }
}

/**
 * @param {Watched} old
 * @param {Found} found
 */
function isSame(old, found) {
  return (
    old.place === found.place &&
    old.root === found.root &&
    old.headers === headersOf(found)
  );
}

/** @param {Found} found */
function headersOf({ id, from, replyTo, subject }) {
  return JSON.stringify([id, from, replyTo, subject]);
}

/**
 * @param {Found} found
 * @returns {Watched}
 */
function fresh(found) {
  return {
    place: found.place,
    root: found.root,
    headers: headersOf(found),
    dirty: true,
    key: '',
    content: null,
    banner: null,
    guard: null,
    focused: false,
    found,
  };
}

/** @param {Watched} message */
function forget(message) {
  takeAway(message.banner);
  takeAway(message.guard);
}

/** @param {Banner | Guard | null} part */
function takeAway(part) {
  try {
    part?.remove();
  } catch {
    // Firefox lets nothing be done in a frame that is gone.
  }
}

/**
 * Reads a message and has it judged, unless it is what it was.
 *
 * @param {Watched} message
 */
async function judge(message) {
  message.dirty = false;
  const { found } = message;
  const [frame, part] = found.root ? [] : (partOf(found) ?? []);
  if (!recipe || (!found.root && !part)) {
    return;
  }
  const content =
    found.root && !part
      ? await readBody(found.root, recipe.quoted ?? [])
      : contentOf(/** @type {import('../protocol').BodyPart} */ (part));
  if (recipe.chat && !content.links.length) {
    return;
  }
  const key = fingerprint(
    message.headers,
    content.text,
    content.quoted,
    ...content.links.map((link) => `${link.href} ${link.text}`),
  );
  const known = message.content;
  message.content = content;
  if (key === message.key && known && message.guard) {
    message.guard.content = content;
    message.guard.mark();
    message.banner?.keep();
    return;
  }
  message.key = key;
  const answer = await ask({
    kind: 'check',
    key,
    recipe: recipe.id,
    webmail: recipe.title,
    mailbox: location.host,
    message: {
      from: [found.from],
      replyTo: found.replyTo,
      subject: found.subject,
      text: content.text,
      quoted: content.quoted,
      links: content.links.map(beyondWebmail),
      images: content.images,
      attachments: [],
    },
    unread: content.unread ?? found.unread,
  });
  if (message.key === key && watched.includes(message)) {
    show(message, content, answer);
    if (answer) {
      await rememberPosed(found, answer);
    }
    if (frame !== undefined && answer) {
      await ask({ kind: 'guard', frame, answer });
    }
  }
}

/**
 * @param {Watched} message
 * @param {Content} content
 * @param {import('../protocol').Answer['check'] | null} answer
 */
function show(message, content, answer) {
  const { banner } = message;
  if (banner && answer && isAlike(banner.answer, answer)) {
    // The body grew or changed, what is said of it did not.
    message.banner = null;
  }
  forget(message);
  message.banner = null;
  message.guard = null;
  if (!answer?.verdict || answer.state === 'paused') {
    return;
  }
  message.guard = new Guard(content, answer);
  const { level } = answer.verdict;
  if (level === 'danger' || level === 'caution') {
    if (banner?.host && isAlike(banner.answer, answer)) {
      message.banner = banner;
    } else if (
      !answer.trusted ||
      level === 'danger' ||
      JUST_KNOWN.has(message.key)
    ) {
      message.banner = new Banner(message.found, answer, {
        onTrust: (scope) => {
          JUST_KNOWN.add(message.key);
          ask({ kind: 'trust', key: message.key, scope });
        },
        onUndo: (id) => ask({ kind: 'untrust', id }),
        onLost: () =>
          ask({ kind: 'unread', key: message.key, reason: 'covered' }),
      });
      if (message.focused) {
        message.banner.focus();
      }
    }
    message.guard.mark();
  }
  message.focused = false;
}

/**
 * Whether two answers make the same banner.
 *
 * @param {import('../protocol').Answer['check']} a
 * @param {import('../protocol').Answer['check']} b
 */
function isAlike(a, b) {
  const said = (/** @type {typeof a} */ { verdict, trusted, scopes }) =>
    JSON.stringify([
      verdict?.level,
      verdict?.vendor,
      verdict?.findings,
      trusted,
      scopes,
    ]);
  return said(a) === said(b);
}

/**
 * Tells the background what is open, when that changed. A message that is
 * only half there may still be loading. Beside others one without a body may
 * be folded, but one without a sender is not checked.
 *
 * @param {import('../protocol').UnreadReason | null} unread
 * @param {number} count how many were found
 */
async function tell(unread, count) {
  let reason = count && unread !== 'no-sender' ? null : unread;
  const blind = watched.some((one) => !one.root && !one.content);
  if (blind) {
    reason = 'closed-frame';
  }
  if (reason) {
    blindSince ||= performance.now();
    if (performance.now() - blindSince < PATIENCE) {
      setTimeout(plan, PATIENCE);
      return;
    }
  } else {
    blindSince = 0;
  }
  const keys = watched.map((message) => message.key).filter((key) => key);
  const now = JSON.stringify([keys, reason, recipe?.id]);
  if (now !== told) {
    told = now;
    await ask({
      kind: 'open',
      recipe: recipe?.id ?? '',
      webmail: recipe?.title ?? '',
      keys,
      unread: reason,
    });
  }
}

/**
 * Begins, or judges everything again: settings, trust or policy changed.
 *
 * @param {boolean} [fresh] whether the page was just loaded
 */
async function recheck(fresh = false) {
  const begin = await ask({ kind: 'begin', fresh });
  SENDERS.clear();
  LANGUAGE.texts = begin?.texts ?? null;
  chosenRecipe = begin?.recipe ?? '';
  ownRecipes = /** @type {Recipe[]} */ (begin?.recipes ?? []);
  for (const message of watched) {
    message.dirty = true;
    message.key = '';
    message.focused = message.banner?.hasFocus() ?? false;
    takeAway(message.banner);
    message.banner = null;
  }
  told = '';
  await learnPosed();
  plan(0);
}

/**
 * @param {import('../protocol').Order} order
 * @param {unknown} _sender
 * @param {(answer: unknown) => void} answer
 */
function onOrder(order, _sender, answer) {
  switch (order.order) {
    case 'ping':
      answer(true);
      break;
    case 'recheck':
      recheck();
      answer(true);
      break;
    case 'diagnostic':
      answer(diagnostic(document, recipe));
      break;
    case 'part':
      takePart(order.frame, order.part);
      break;
    case 'guard':
      guardPart(order.answer);
      break;
  }
}

/**
 * Takes what a frame of another site told of the body it holds.
 *
 * @param {number} frame
 * @param {import('../protocol').BodyPart} part
 */
function takePart(frame, part) {
  if (isPart() || part.at < (PARTS.get(frame)?.at ?? 0)) {
    return;
  }
  PARTS.delete(frame);
  PARTS.set(frame, part);
  for (const oldest of [...PARTS.keys()].slice(0, -MOST_FRAMES)) {
    PARTS.delete(oldest);
  }
  for (const message of watched) {
    message.dirty ||= !message.root;
  }
  plan(0);
}

chrome.runtime.onMessage.addListener(onOrder);
guardDocument(document);
watchTyping(document);
watchSending(document);
const care = setInterval(() => {
  for (const message of watched) {
    message.banner?.keep();
  }
}, CARE);
recheck(true);
