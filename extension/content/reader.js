// Executes a recipe: finds the open messages and their headers. Headers are
// looked up outside the body only, as a sender can write anything inside.

/** An address in a text; hosts may be written in any script. */
const ADDRESS =
  /[^\s<>"'(),;:[\]\\@]+@(?:[^\s<>"'(),;:[\]\\@/?&]+\.)+[^\s<>"'(),;:[\]\\@/?&.]{2,}/gu;

/**
 * The recipe for a page: by its host, else by what stands in the page.
 *
 * @param {Document} page
 * @param {string} host `host` or `host:port`
 * @param {string} chosen a recipe's name set for this host, or empty
 * @param {Recipe[]} own recipes that go before the built-in ones
 * @returns {Recipe | null}
 */
function recipeFor(page, host, chosen, own) {
  const recipes = [...own, ...RECIPES];
  const byName = recipes.find((recipe) => recipe.id === chosen);
  const bare = host.replace(/:\d+$/, '');
  return (
    byName ??
    recipes.find((recipe) => recipe.hosts?.some((h) => isHost(bare, h))) ??
    recipes.find((recipe) =>
      recipe.detect?.some((selector) => findFirst(page, selector)),
    ) ??
    recipes.find((recipe) => recipe.id === 'generic') ??
    null
  );
}

/**
 * @param {string} host
 * @param {string} pattern `mail.example` or `*.mail.example`
 */
function isHost(host, pattern) {
  return pattern.startsWith('*.')
    ? host === pattern.slice(2) || host.endsWith(pattern.slice(1))
    : host === pattern;
}

/**
 * The open messages of a page. Where a listed webmail shows a message that
 * its recipe does not find, it has changed: what can be read by meaning is
 * judged all the same, but counts as not checked.
 *
 * @param {Recipe} recipe
 * @param {Document} page
 * @returns {Findings}
 *
 * @typedef {object} Findings
 * @property {Found[]} found
 * @property {import('../protocol').UnreadReason | null} unread
 */
function findMessages(recipe, page) {
  CARRIERS_IN.clear();
  const known = findWith(recipe, page);
  const generic = RECIPES.find(({ id }) => id === 'generic');
  if (known.found.length || known.unread || recipe.chat || !generic) {
    return known;
  }
  if (recipe === generic) {
    return { found: [], unread: isMailAlone(page) ? 'no-sender' : null };
  }
  const { found, unread } = findWith(generic, page);
  const shown =
    recipe.open !== undefined &&
    new RegExp(recipe.open).test(page.location.href);
  return {
    found: found.map((one) => ({ ...one, unread: 'no-message' })),
    unread: unread ?? (shown ? 'no-message' : null),
  };
}

/**
 * What one recipe finds.
 *
 * @param {Recipe} recipe
 * @param {Document} page
 * @returns {Findings}
 */
function findWith(recipe, page) {
  /** @type {Found[]} */
  const found = [];
  /** @type {import('../protocol').UnreadReason | null} */
  let unread = null;
  /** @type {Set<Document>} */
  const bodies = new Set();
  for (const document of readableDocuments(page)) {
    if (bodies.has(document) || isInside(document, bodies)) {
      continue;
    }
    const {
      containers,
      unread: lacks,
      isPart,
    } = containersIn(recipe, document);
    unread ??= lacks;
    for (const container of containers) {
      if (found.some(({ root }) => root && holds(root, container))) {
        continue;
      }
      const message = readContainer(recipe, container, document);
      if (typeof message === 'string') {
        unread = unread === 'no-sender' ? unread : message;
        continue;
      }
      const inner = frameDocument(message.place);
      if (inner) {
        bodies.add(inner);
      }
      found.push(isPart ? { ...message, unread: 'no-body' } : message);
    }
  }
  if (found.length && !recipe.chat && hasStrayBody(recipe, page, found)) {
    unread = 'no-sender';
  }
  return { found, unread };
}

/**
 * Whether a body is shown that belongs to none of the messages found.
 *
 * @param {Recipe} recipe
 * @param {Document} page
 * @param {Found[]} found
 */
function hasStrayBody(recipe, page, found) {
  const [place] = recipe.body ?? [];
  const select = place && selectorOf(place);
  if (!select || select.startsWith(':scope')) {
    return false;
  }
  const inner = bodyDocuments(found);
  return readableDocuments(page).some(
    (document) =>
      !inner.has(document) &&
      !isInside(document, inner) &&
      deepQueryAll(document, select).some(
        (body) =>
          isShown(body) &&
          !found.some(
            ({ place, container }) =>
              holds(container, body) ||
              holds(place, body) ||
              holds(body, place),
          ),
      ),
  );
}

/** @param {Found[]} found */
function bodyDocuments(found) {
  const inner = found.map(({ place }) => frameDocument(place));
  return new Set(inner.filter((document) => document !== null));
}

/**
 * Whether a document lies in a frame of a message's body.
 *
 * @param {Document} document
 * @param {Set<Document>} bodies
 */
function isInside(document, bodies) {
  for (
    let frame = frameAround(topOf(document));
    frame;
    frame = frameAround(frame)
  ) {
    if (bodies.has(documentOf(frame))) {
      return true;
    }
  }
  return false;
}

/**
 * @typedef {object} Containers
 * @property {Element[]} containers what holds one open message each
 * @property {import('../protocol').UnreadReason | null} unread
 * @property {boolean} [isPart] whether more of a message may stand elsewhere
 */

/**
 * @param {Recipe} recipe
 * @param {Document} document
 * @returns {Containers}
 */
function containersIn(recipe, document) {
  if (recipe.id === 'generic') {
    return genericContainers(document);
  }
  for (const place of recipe.message) {
    const select = selectorOf(place);
    const shown = select ? deepQueryAll(document, select).filter(isShown) : [];
    if (shown.length) {
      const containers = recipe.chat ? shown.slice(-40) : shown.slice(0, 40);
      return { containers, unread: null };
    }
  }
  return { containers: [], unread: null };
}

/**
 * Reads the headers of one open message.
 *
 * @param {Recipe} recipe
 * @param {Element} container
 * @param {Document} document
 * @returns {Found | import('../protocol').UnreadReason}
 */
function readContainer(recipe, container, document) {
  const place = bodyOf(recipe, container);
  if (!place) {
    return 'no-body';
  }
  const inner = frameDocument(place);
  const root = isFrame(place) ? inner && bodyIn(inner) : place;
  /** @param {Place[] | undefined} places */
  const find = (places) => headers(places, container, document, place);
  const senders = (recipe.from ?? []).flatMap((one) =>
    find([one]).map(mailboxOf),
  );
  const from =
    senders.find(hasAddress) ?? (recipe.nameAlone ? senders[0] : undefined);
  if (!from && !recipe.chat) {
    return 'no-sender';
  }
  const name = tidy(valueAt(find(recipe.name)[0]), 500);
  return {
    container,
    place,
    root,
    id: (recipe.key ?? [])
      .map((attribute) => container.getAttribute(attribute) ?? '')
      .join(' '),
    from: { address: from?.address ?? '', name: name || (from?.name ?? '') },
    replyTo: find(recipe.replyTo).map(mailboxOf).filter(hasAddress),
    subject: tidy(valueAt(find(recipe.subject)[0]), 1000),
    unread: null,
  };
}

/** @param {import('../protocol').Mailbox} mailbox */
function hasAddress(mailbox) {
  return mailbox.address !== '';
}

/**
 * @param {Recipe} recipe
 * @param {Element} container
 */
function bodyOf(recipe, container) {
  if (recipe.id === 'generic') {
    return container;
  }
  for (const place of recipe.body) {
    const select = selectorOf(place);
    if (select === ':scope') {
      return container;
    }
    const shown = select
      ? deepQueryAll(container, select).find(isShown)
      : undefined;
    if (shown) {
      return shown;
    }
  }
  return null;
}

/**
 * Where a header stands, and how it is read there.
 *
 * @typedef {object} Hit
 * @property {Element} element
 * @property {string} [attribute]
 * @property {string} [pattern]
 * @property {import('../protocol').Mailbox} [mailbox] what was read already
 */

/**
 * The elements that hold a header, never inside the body.
 *
 * @param {Place[] | undefined} places
 * @param {Element} container
 * @param {Document} document
 * @param {Element} body
 * @returns {Hit[]}
 */
function headers(places, container, document, body) {
  for (const place of places ?? []) {
    const hits =
      typeof place !== 'string' && 'nearest' in place
        ? nearestHits(place.nearest, body)
        : selected(place, container, document, body);
    if (hits.length) {
      return hits;
    }
  }
  return [];
}

/**
 * What the page says by its words, above a body.
 *
 * @param {'from' | 'reply' | 'subject'} header
 * @param {Element} body
 * @returns {Hit[]}
 */
function nearestHits(header, body) {
  if (header === 'subject') {
    const subject = subjectAbove(body);
    return subject ? [subject] : [];
  }
  const carriers =
    header === 'reply' ? answersAbove(body) : [senderAbove(body)?.carrier];
  return carriers.filter((carrier) => carrier !== undefined);
}

/**
 * @param {Exclude<Place, {nearest: unknown}>} place
 * @param {Element} container
 * @param {Document} document
 * @param {Element} body
 * @returns {Hit[]}
 */
function selected(place, container, document, body) {
  const { select, page, attribute, pattern, label } =
    typeof place === 'string' ? { select: place } : place;
  return deepQueryAll(page ? document : container, select)
    .filter((element) => !holds(body, element))
    .map((element) => ({ element, attribute, pattern }))
    .filter((hit) => valueAt(hit) !== '')
    .filter(
      (hit) =>
        label === undefined ||
        labelOf(hit.element, mailboxOf(hit).address) === label,
    );
}

/** @param {Place} place */
function selectorOf(place) {
  return typeof place === 'string'
    ? place
    : 'select' in place
      ? place.select
      : null;
}

/**
 * The value that a hit stands for.
 *
 * @param {Hit | undefined} hit
 * @returns {string}
 */
function valueAt(hit) {
  if (!hit) {
    return '';
  }
  const raw = hit.attribute
    ? hit.element.getAttribute(hit.attribute)
    : hit.element.textContent;
  const text = (raw ?? '').slice(0, 4000).trim();
  return hit.pattern
    ? (new RegExp(hit.pattern, 'u').exec(text)?.[1]?.trim() ?? '')
    : text;
}

/** Attributes that hold a sender's address, the surest first. */
const ADDRESS_ATTRIBUTES = [
  'email',
  'data-hovercard-id',
  'data-email',
  'title',
  'href',
  'aria-label',
];

/**
 * The name and address that an element shows or carries.
 *
 * @param {Hit} hit
 * @returns {import('../protocol').Mailbox}
 */
function mailboxOf(hit) {
  if (hit.mailbox) {
    return hit.mailbox;
  }
  const { element } = hit;
  const shown = tidy(element.textContent, 1000);
  const texts =
    hit.attribute || hit.pattern
      ? [valueAt(hit)]
      : [...ADDRESS_ATTRIBUTES.map((a) => element.getAttribute(a)), shown];
  for (const text of texts) {
    const address = addressIn(text ?? '');
    if (address) {
      const given = element.getAttribute('name') ?? nameIn(shown, address);
      return { address, name: tidy(given, 500) };
    }
  }
  return { address: '', name: shown };
}

/**
 * The address in a text: what stands in angle brackets, else the last one,
 * as a name may itself look like an address.
 *
 * @param {string} text
 */
function addressIn(text) {
  const bare = text.startsWith('mailto:')
    ? unescapeUrl(text.slice(7).split('?')[0] ?? '')
    : text.slice(0, 2000);
  const bracketed = /<([^<>]*)>[^<>]*$/.exec(bare)?.[1] ?? '';
  const [inBrackets] = bracketed.match(ADDRESS) ?? [];
  return (inBrackets ?? bare.match(ADDRESS)?.pop() ?? '').toWellFormed();
}

/** @param {string} text */
function unescapeUrl(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * What stands beside an address in a text.
 *
 * @param {string} text
 * @param {string} address
 */
function nameIn(text, address) {
  const at = text.lastIndexOf(address);
  const name = at < 0 ? text : text.slice(0, at);
  return name.replace(/[\s<"“„(]+$/u, '').replace(/^[\s"“„]+|["”]+$/gu, '');
}
