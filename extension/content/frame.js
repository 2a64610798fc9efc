// Runs first in every frame.

/** Whether another instance, in a frame around, reads this frame too. */
function isReadFromAbove() {
  try {
    return window !== window.parent && window.parent.document !== null;
  } catch {
    return false;
  }
}
