// Bodies in frames of another site: a script of ours in that frame reads and
// guards, the one in the frame above knows the header and has both judged.

/**
 * What the frames that hold only a body told, by frame.
 *
 * @type {Map<number, import('../protocol').BodyPart>}
 */
const PARTS = new Map();

/** Whether this frame holds only a message's body. */
function isPart() {
  const bare = location.hostname;
  return (
    window !== window.top &&
    (!/^https?:$/.test(location.protocol) ||
      RECIPES.some((other) => other.parts?.some((p) => isHost(bare, p))))
  );
}

/**
 * The frame element of each frame that told of a body, once that is known: a
 * webmail may remove it and show the next message in another of that name.
 *
 * @type {Map<number, WeakRef<Element>>}
 */
const PLACES = new Map();

/**
 * The part that belongs to a message whose body this script cannot read.
 *
 * @param {Found} found
 * @returns {[number, import('../protocol').BodyPart] | null}
 */
function partOf({ place }) {
  const frame = /** @type {HTMLIFrameElement} */ (place);
  const depth = depthOf(place.ownerDocument.defaultView) + 1;
  const parts = [...PARTS].reverse().filter(([number, part]) => {
    const known = PLACES.get(number);
    // Frames within a body tell of themselves too.
    const fits = part.depth === depth;
    return fits && (known === undefined || known.deref() === place);
  });
  const found =
    parts.find(([number]) => PLACES.has(number)) ??
    parts.find(([, part]) => part.url === frame.src) ??
    parts.find(([, part]) => part.name !== '' && part.name === frame.name) ??
    (parts.length === 1 ? parts[0] : undefined) ??
    null;
  if (found) {
    PLACES.set(found[0], new WeakRef(place));
  }
  return found;
}

/**
 * How many frames are around a window.
 *
 * @param {Window | null} view
 */
function depthOf(view) {
  let depth = 0;
  for (let at = view; at && at !== at.parent; at = at.parent) {
    depth += 1;
  }
  return depth;
}

/**
 * A part's content as if it had been read here.
 *
 * @param {import('../protocol').BodyPart} part
 * @returns {Content}
 */
function contentOf({ text, quoted, links, images, unread }) {
  return { text, quoted, links, images, unread, places: new Map() };
}

/** Reads this frame's body and tells the frame above. */
async function readPart() {
  const body = /** @type {HTMLElement} */ (bodyIn(document));
  const quotes = RECIPES.flatMap((other) => other.quoted ?? []);
  const content = await readBody(body, quotes);
  /** @type {Found} */
  const found = {
    container: body,
    place: body,
    root: body,
    id: '',
    from: { name: '', address: '' },
    replyTo: [],
    subject: '',
    unread: null,
  };
  const [old] = watched;
  watched = [{ ...fresh(found), dirty: false, content }];
  if (old && watched[0]) {
    watched[0].guard = old.guard;
    if (old.guard) {
      old.guard.content = content;
    }
  }
  const { text, quoted, links, images, unread } = content;
  const { href: url } = location;
  const { name } = window;
  const depth = depthOf(window);
  const at = performance.timeOrigin + performance.now();
  const part = { url, name, depth, at, text, quoted, links, images, unread };
  await ask({ kind: 'part', part });
}

/**
 * Guards this frame's links as the verdict says.
 *
 * @param {import('../protocol').Answer['check']} answer
 */
function guardPart(answer) {
  const [message] = watched;
  if (message?.content) {
    message.guard?.remove();
    message.guard = new Guard(message.content, answer);
    message.guard.mark();
  }
}
