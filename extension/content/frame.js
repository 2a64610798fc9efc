// Runs in every frame, of which a mail may hold thousands: as little as it
// takes to ask for the content script where no other instance reads the frame.

/** Whether the content script of a frame around reads this one, too. */
function isReadFromAbove() {
  try {
    return window.parent.document !== null;
  } catch {
    return false;
  }
}

if (window !== window.parent && !isReadFromAbove()) {
  const enter = () => chrome.runtime.sendMessage({ kind: 'enter' });
  // A background that is just falling asleep hears only the second call.
  enter().catch(enter);
}
