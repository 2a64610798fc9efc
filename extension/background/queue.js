/**
 * Work that must not overlap: what two find missing, both would add.
 *
 * @type {Map<string, Promise<unknown>>}
 */
const LAST = new Map();

/**
 * Does work when all that was given before under the same name is done.
 *
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export function inTurn(name, work) {
  const next = (LAST.get(name) ?? Promise.resolve()).then(work);
  const last = next
    .catch(() => null)
    .then(() => {
      if (LAST.get(name) === last) {
        LAST.delete(name);
      }
    });
  LAST.set(name, last);
  return next;
}
