/** The pushed event stream. The browser itself reconnects with Last-Event-ID; we add what it gives up on. */

const RETRY_MS = 1000;

/**
 * @param {{onEvent: (event: any) => void, onUp: (again: boolean) => void, onDown: () => void}} listeners
 * `onUp(true)` comes after a cut: the ring buffer may have lost something, so the caller reads the chats again.
 */
export function connect({ onEvent, onUp, onDown }) {
  let again = false;
  const open = () => {
    const source = new EventSource("/sandbox/events");
    source.onmessage = (event) => onEvent(JSON.parse(event.data));
    source.onopen = () => { onUp(again); again = true; };
    source.onerror = () => {
      onDown();
      // CLOSED = an answer that was no stream (a proxy, a server just starting): the browser would stay silent for good.
      if (source.readyState === EventSource.CLOSED) setTimeout(open, RETRY_MS);
    };
  };
  open();
}
