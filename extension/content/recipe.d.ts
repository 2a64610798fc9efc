/**
 * How to read one webmail's page: data, executed by `reader.js`.
 *
 * A selector may enter shadow roots with `>>>` (`mail-detail >>> .from`).
 * In a list of picks the first that finds something counts, so that the
 * selectors of an older page stand beside those of a newer one.
 */
interface Recipe {
  /** The file's name. */
  id: string;
  /** The name for people. */
  title: string;
  /** How the facts are known: `live <date>` or `documented <date>`. */
  seen: string;
  /** Hosts it is for, as in match patterns (`*.mail.example`). */
  hosts: string[];
  /** Hosts of frames of another site that hold only a message's body. */
  parts?: string[];
  /** Finds this webmail on a host that is not listed. */
  detect?: string[];
  /** A pattern of addresses that show an open message. */
  open?: string;
  /** Messengers show many messages and no sender's address. */
  chat?: boolean;
  /** Senders of the own organisation are shown by their name alone. */
  nameAlone?: boolean;
  /** The open message, or messages. */
  message: Place[];
  /** Attributes of the message that tell it from others. */
  key?: string[];
  /** The element or frame that holds the message's own content. */
  body: Place[];
  from: Place[];
  /** The sender's name where it stands apart from the address. */
  name?: Place[];
  subject?: Place[];
  replyTo?: Place[];
  /** What the message quotes. */
  quoted?: string[];
  /** The list's rows and where in one the sender's address stands. */
  rows?: { row: string; from: Place[] };
  /** Fields that the user writes in. */
  compose?: string[];
  /** What sends a message, where its name does not tell. */
  send?: string[];
}

/** Where something stands. */
type Place =
  | string
  | {
      select: string;
      /** Look in the whole page, not only in the message. */
      page?: boolean;
      /** The attribute that holds it. */
      attribute?: string;
      /** A pattern; its first group is the value. */
      pattern?: string;
      /** Only what the page's own words before it call so. */
      label?: 'from' | 'reply' | 'to';
      /** Since when it is known. */
      since?: string;
    }
  /** What the page calls so by its words, nearest above the body. */
  | { nearest: 'from' | 'reply' | 'subject' };

/** An open message as the page shows it, before its body is read. */
interface Found {
  container: Element;
  /** The element in the page that shows the body: itself or its frame. */
  place: Element;
  /** What holds the body's nodes; null in a frame of another site. */
  root: Element | null;
  id: string;
  from: import('../protocol').Mailbox;
  replyTo: import('../protocol').Mailbox[];
  subject: string;
  /** Why it counts as not checked though it was read. */
  unread: import('../protocol').UnreadReason | null;
}

/** What a body holds. */
interface Content {
  text: string;
  quoted: string;
  links: import('../protocol').MessageLink[];
  images: string[];
  /** Every element that leads somewhere, with its link's index. */
  places: Map<Element, number>;
  unread: import('../protocol').UnreadReason | null;
}

declare var RECIPES: Recipe[];
