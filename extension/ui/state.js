/**
 * What one message amounts to. A sender that the user knows weighs less,
 * but a danger stays one.
 *
 * @param {import('../protocol').OpenMessage} message
 * @returns {import('../protocol').State}
 */
export function stateOf({ verdict, trusted, unread }) {
  const level = verdict?.level ?? 'none';
  if (level === 'danger' || (level === 'caution' && !trusted)) {
    return level;
  }
  if (!verdict || unread) {
    return 'unread';
  }
  return level === 'none' ? 'fine' : 'note';
}
